import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respond } from "#lib/api/respond.ts";
import { requestDecision } from "#lib/decisions/request-decision.ts";
import { decideBodySchema } from "#lib/orders/order-schema.ts";

/** Written down now, carried out in the background. */
export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: decideBodySchema,
  handler: async ({ principal, params, body, request }) => {
    const idempotencyKey = request.headers.get("idempotency-key");
    const decision = await requestDecision(principal, { orderId: params.id, kind: "cancel", body, idempotencyKey });
    return respond({ decision }, { status: 202, headers: { location: `/api/decisions/${decision.id}` } });
  },
});
