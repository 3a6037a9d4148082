import { z } from "zod";
import { invite, listInvitations } from "#lib/access/invitations.ts";
import { ROLES } from "#lib/access/principal.ts";
import { defineRoute } from "#lib/api/define-route.ts";
import { respond } from "#lib/api/respond.ts";

export const GET = defineRoute({
  permission: "administer",
  handler: async ({ principal }) => ({ items: await listInvitations(principal) }),
});

export const POST = defineRoute({
  permission: "administer",
  body: z.object({ email: z.string().max(254), role: z.enum(ROLES) }),
  handler: async ({ principal, body }) => respond(await invite(principal, body), { status: 201 }),
});
