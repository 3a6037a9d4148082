import { defineRoute } from "#lib/api/define-route.ts";
import { listGroups, listGroupsQuerySchema } from "#lib/orders/list-groups.ts";

/** The counts on the headings of a grouped list. */
export const GET = defineRoute({
  permission: "read",
  query: listGroupsQuerySchema,
  handler: ({ principal, query }) => listGroups(principal, query),
});
