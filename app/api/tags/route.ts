import { defineRoute } from "#lib/api/define-route.ts";
import { listTags } from "#lib/tags/list-tags.ts";

export const GET = defineRoute({
  permission: "read",
  handler: ({ principal }) => listTags(principal),
});
