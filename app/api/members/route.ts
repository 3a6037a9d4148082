import { listMembers } from "#lib/access/members.ts";
import { defineRoute } from "#lib/api/define-route.ts";

export const GET = defineRoute({
  permission: "read",
  handler: async ({ principal }) => ({ items: await listMembers(principal) }),
});
