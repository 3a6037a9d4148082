import { defineRoute } from "#lib/api/define-route.ts";
import { listOrders } from "#lib/orders/list-orders.ts";
import { listOrdersQuerySchema } from "#lib/orders/order-schema.ts";

export const GET = defineRoute({
  permission: "read",
  query: listOrdersQuerySchema,
  handler: ({ principal, query }) => listOrders(principal, query),
});
