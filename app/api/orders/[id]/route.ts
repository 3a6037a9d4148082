import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { changeOrder } from "#lib/orders/change-order.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { changeOrderBodySchema } from "#lib/orders/order-schema.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: ({ principal, params }) => getOrder(principal, params.id),
});

/** What the organisation notes for itself; the vendor hears nothing of it. */
export const PATCH = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: changeOrderBodySchema,
  handler: async ({ principal, params, body }) => {
    await changeOrder(principal, params.id, body);
    return getOrder(principal, params.id);
  },
});
