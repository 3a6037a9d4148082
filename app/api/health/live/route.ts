import { respond } from "#lib/api/respond.ts";

export const dynamic = "force-dynamic";

/** The process answers. */
export function GET(): Response {
  return respond({ status: "live" });
}
