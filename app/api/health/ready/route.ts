import { respond } from "#lib/api/respond.ts";
import { checkReadiness } from "#lib/health/check-readiness.ts";

export const dynamic = "force-dynamic";

/** The process can serve: database, queue and object store answer. */
export async function GET(): Promise<Response> {
  const checks = await checkReadiness();
  const ready = Object.values(checks).every((check) => check === "ok");
  return respond(
    { status: ready ? "ready" : "not_ready", checks },
    { status: ready ? 200 : 503, ...(ready ? {} : { headers: { "retry-after": "2" } }) },
  );
}
