import { z } from "zod";
import { resetPassword } from "#lib/access/reset-password.ts";
import { defineRoute } from "#lib/api/define-route.ts";

export const POST = defineRoute({
  permission: "public",
  body: z.object({ token: z.string().min(20).max(100), password: z.string().max(256) }),
  handler: async ({ body, request }) => {
    await resetPassword(body.token, body.password, request.headers);
    return new Response(null, { status: 204 });
  },
});
