import { z } from "zod";
import { revokeSession } from "#lib/access/sessions.ts";
import { defineRoute } from "#lib/api/define-route.ts";

export const DELETE = defineRoute({
  permission: "signed-in",
  params: z.object({ id: z.uuid() }),
  handler: async ({ principal, params }) => {
    await revokeSession(principal, params.id);
    return new Response(null, { status: 204 });
  },
});
