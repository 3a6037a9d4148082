import { z } from "zod";
import { setUp } from "#lib/access/set-up.ts";
import { defineRoute } from "#lib/api/define-route.ts";

const body = z.object({
  token: z.string().min(20).max(100),
  organisation: z.string().trim().min(1).max(120),
  kind: z.enum(["lab", "clinic"]),
  name: z.string().trim().min(1).max(120),
  email: z.string().max(254),
  password: z.string().max(256),
});

export const POST = defineRoute({
  permission: "public",
  body,
  handler: async ({ body, request }) => {
    await setUp({ ...body, headers: request.headers });
    return new Response(null, { status: 204 });
  },
});
