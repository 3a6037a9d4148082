import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { holdOrder, releaseOrder } from "#lib/holds/hold-order.ts";
import { holdBodySchema } from "#lib/holds/hold-schema.ts";

export const PUT = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: holdBodySchema,
  handler: async ({ principal, params, body }) => {
    await holdOrder(principal, params.id, body);
    return new Response(null, { status: 204 });
  },
});

export const DELETE = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  handler: async ({ principal, params }) => {
    await releaseOrder(principal, params.id);
    return new Response(null, { status: 204 });
  },
});
