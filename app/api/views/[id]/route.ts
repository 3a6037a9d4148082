import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { changeView, removeView } from "#lib/views/change-view.ts";
import { changeViewBodySchema } from "#lib/views/saved-view-schema.ts";

export const PATCH = defineRoute({
  permission: "read",
  params: idParamsSchema,
  body: changeViewBodySchema,
  handler: ({ principal, params, body }) => changeView(principal, params.id, body),
});

export const DELETE = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: async ({ principal, params }) => {
    await removeView(principal, params.id);
    return new Response(null, { status: 204 });
  },
});
