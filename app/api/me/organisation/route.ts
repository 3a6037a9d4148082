import { z } from "zod";
import { switchOrganisation } from "#lib/access/me.ts";
import { defineRoute } from "#lib/api/define-route.ts";

export const POST = defineRoute({
  permission: "signed-in",
  body: z.object({ organisationId: z.uuid() }),
  handler: async ({ principal, body }) => {
    await switchOrganisation(principal, body.organisationId);
    return new Response(null, { status: 204 });
  },
});
