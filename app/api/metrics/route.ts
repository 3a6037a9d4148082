import { readMetrics } from "#lib/health/read-metrics.ts";

export const dynamic = "force-dynamic";

/** Prometheus text; counts only. */
export async function GET(): Promise<Response> {
  const { text, contentType } = await readMetrics();
  return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}
