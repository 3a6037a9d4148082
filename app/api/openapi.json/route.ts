import { describeApi } from "#lib/api/describe-api.ts";
import { respond } from "#lib/api/respond.ts";
import { env } from "#lib/env.ts";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return respond(describeApi(env().PORTAL_URL));
}
