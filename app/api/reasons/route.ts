import { defineRoute } from "#lib/api/define-route.ts";
import { respond } from "#lib/api/respond.ts";
import { addReason } from "#lib/reasons/change-reasons.ts";
import { listReasons } from "#lib/reasons/list-reasons.ts";
import { addReasonBodySchema } from "#lib/reasons/reason-schema.ts";

export const GET = defineRoute({ permission: "read", handler: ({ principal }) => listReasons(principal) });

export const POST = defineRoute({
  permission: "administer",
  body: addReasonBodySchema,
  handler: async ({ principal, body }) => respond(await addReason(principal, body), { status: 201 }),
});
