import { z } from "zod";
import { changePassword } from "#lib/access/reset-password.ts";
import { defineRoute } from "#lib/api/define-route.ts";

export const POST = defineRoute({
  permission: "signed-in",
  body: z.object({ current: z.string().max(256), next: z.string().max(256) }),
  handler: async ({ principal, body }) => {
    await changePassword(principal, body);
    return new Response(null, { status: 204 });
  },
});
