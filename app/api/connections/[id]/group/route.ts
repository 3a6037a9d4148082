import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { getOwnGroup } from "#lib/groups/own-group.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: ({ principal, params }) => getOwnGroup(principal, params.id),
});
