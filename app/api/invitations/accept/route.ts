import { z } from "zod";
import { acceptInvitation, readInvitation } from "#lib/access/invitations.ts";
import { defineRoute } from "#lib/api/define-route.ts";

const token = z.string().min(20).max(100);

export const GET = defineRoute({
  permission: "public",
  query: z.object({ token }),
  handler: ({ query }) => readInvitation(query.token),
});

export const POST = defineRoute({
  permission: "public",
  body: z.object({ token, name: z.string().trim().min(1).max(120), password: z.string().max(256) }),
  handler: ({ body, request }) => acceptInvitation({ ...body, headers: request.headers }),
});
