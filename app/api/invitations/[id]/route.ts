import { z } from "zod";
import { revokeInvitation } from "#lib/access/invitations.ts";
import { defineRoute } from "#lib/api/define-route.ts";

export const DELETE = defineRoute({
  permission: "administer",
  params: z.object({ id: z.uuid() }),
  handler: async ({ principal, params }) => {
    await revokeInvitation(principal, params.id);
    return new Response(null, { status: 204 });
  },
});
