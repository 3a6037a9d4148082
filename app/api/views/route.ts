import { defineRoute } from "#lib/api/define-route.ts";
import { respond } from "#lib/api/respond.ts";
import { listViews } from "#lib/views/list-views.ts";
import { saveView } from "#lib/views/save-view.ts";
import { saveViewBodySchema } from "#lib/views/saved-view-schema.ts";

/** What the inbox shows above its filters. */
export const GET = defineRoute({
  permission: "read",
  handler: ({ principal }) => listViews(principal),
});

export const POST = defineRoute({
  permission: "read",
  body: saveViewBodySchema,
  handler: async ({ principal, body }) => respond(await saveView(principal, body), { status: 201 }),
});
