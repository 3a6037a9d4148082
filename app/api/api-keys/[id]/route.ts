import { z } from "zod";
import { revokeApiKey } from "#lib/access/api-keys.ts";
import { defineRoute } from "#lib/api/define-route.ts";

export const DELETE = defineRoute({
  permission: "administer",
  params: z.object({ id: z.uuid() }),
  handler: async ({ principal, params }) => {
    await revokeApiKey(principal, params.id);
    return new Response(null, { status: 204 });
  },
});
