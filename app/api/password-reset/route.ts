import { z } from "zod";
import { requestPasswordReset } from "#lib/access/reset-password.ts";
import { defineRoute } from "#lib/api/define-route.ts";

/** Answers the same whether there is such a person or not. */
export const POST = defineRoute({
  permission: "public",
  body: z.object({ email: z.string().max(254) }),
  handler: async ({ body, request }) => {
    await requestPasswordReset(body.email, request.headers);
    return new Response(null, { status: 202 });
  },
});
