import { defineRoute } from "#lib/api/define-route.ts";
import { streamEvents } from "#lib/events/stream-events.ts";

export const GET = defineRoute({
  permission: "read",
  handler: async ({ principal, request }) => streamEvents(principal, request),
});
