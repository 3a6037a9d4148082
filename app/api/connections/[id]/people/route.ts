import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { findPerson } from "#lib/groups/find-person.ts";
import { findPersonBodySchema } from "#lib/groups/group-schema.ts";

/** The address is in the body: addresses of people do not belong into logs of addresses. */
export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: findPersonBodySchema,
  handler: async ({ principal, params, body }) => ({ person: await findPerson(principal, params.id, body.email) }),
});
