import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respond } from "#lib/api/respond.ts";
import { retryScan } from "#lib/scans/retry-scan.ts";

export const POST = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: async ({ principal, params }) => respond(await retryScan(principal, params.id), { status: 202 }),
});
