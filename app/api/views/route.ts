import { defineRoute } from "#lib/api/define-route.ts";
import { listViews } from "#lib/views/list-views.ts";

/** What the inbox shows above its filters. */
export const GET = defineRoute({
  permission: "read",
  handler: ({ principal }) => listViews(principal),
});
