import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respond } from "#lib/api/respond.ts";
import { requestDecision } from "#lib/decisions/request-decision.ts";

/** No new decision: the recorded one, told to the vendor whose order came later. */
export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  handler: async ({ principal, params, request }) => {
    const idempotencyKey = request.headers.get("idempotency-key");
    const decision = await requestDecision(principal, {
      orderId: params.id,
      kind: "pass_on",
      body: {},
      idempotencyKey,
    });
    return respond({ decision }, { status: 202, headers: { location: `/api/decisions/${decision.id}` } });
  },
});
