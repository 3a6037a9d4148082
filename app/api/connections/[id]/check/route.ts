import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { checkConnection } from "#lib/connections/check-connection.ts";

export const POST = defineRoute({
  permission: "sync",
  params: idParamsSchema,
  handler: ({ principal, params }) => checkConnection(principal, params.id),
});
