import { defineRoute } from "#lib/api/define-route.ts";
import { actOnMany } from "#lib/bulk/act-on-many.ts";
import { bulkBodySchema } from "#lib/bulk/bulk-schema.ts";

/** One action on many orders, with a result for each; never all or nothing. */
export const POST = defineRoute({
  permission: "decide",
  body: bulkBodySchema,
  handler: ({ principal, body, request }) => actOnMany(principal, body, request.headers.get("idempotency-key")),
});
