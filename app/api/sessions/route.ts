import { listSessions } from "#lib/access/sessions.ts";
import { defineRoute } from "#lib/api/define-route.ts";

export const GET = defineRoute({
  permission: "signed-in",
  handler: async ({ principal }) => ({ items: await listSessions(principal) }),
});
