import { z } from "zod";
import { listApiKeys, makeApiKey } from "#lib/access/api-keys.ts";
import { ROLES } from "#lib/access/principal.ts";
import { defineRoute } from "#lib/api/define-route.ts";
import { respond } from "#lib/api/respond.ts";

export const GET = defineRoute({
  permission: "administer",
  handler: async ({ principal }) => ({ items: await listApiKeys(principal) }),
});

export const POST = defineRoute({
  permission: "administer",
  body: z.object({ name: z.string().trim().min(1).max(80), role: z.enum(ROLES) }),
  handler: async ({ principal, body }) => respond(await makeApiKey(principal, body), { status: 201 }),
});
