import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { getClinic } from "#lib/groups/get-clinic.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: ({ principal, params }) => getClinic(principal, params.id),
});
