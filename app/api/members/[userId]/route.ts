import { z } from "zod";
import { changeRole, removeMember } from "#lib/access/members.ts";
import { ROLES } from "#lib/access/principal.ts";
import { defineRoute } from "#lib/api/define-route.ts";

const params = z.object({ userId: z.uuid() });

export const PATCH = defineRoute({
  permission: "administer",
  params,
  body: z.object({ role: z.enum(ROLES) }),
  handler: async ({ principal, params, body }) => {
    await changeRole(principal, params.userId, body.role);
    return new Response(null, { status: 204 });
  },
});

export const DELETE = defineRoute({
  permission: "administer",
  params,
  handler: async ({ principal, params }) => {
    await removeMember(principal, params.userId);
    return new Response(null, { status: 204 });
  },
});
