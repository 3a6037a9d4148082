import { readMe } from "#lib/access/me.ts";
import { changeOrganisation, changeOrganisationBodySchema } from "#lib/access/organisation.ts";
import { defineRoute } from "#lib/api/define-route.ts";

export const PATCH = defineRoute({
  permission: "administer",
  body: changeOrganisationBodySchema,
  handler: async ({ principal, body }) => {
    await changeOrganisation(principal, body);
    return (await readMe(principal)).organisation;
  },
});
