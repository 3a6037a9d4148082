import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { listPortals } from "#lib/connections/list-portals.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: ({ principal, params }) => listPortals(principal, params.id),
});
