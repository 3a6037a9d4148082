import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { changeNotificationRule, removeNotificationRule } from "#lib/notifications/notification-rules.ts";
import { notificationRuleBodySchema } from "#lib/notifications/notification-schema.ts";

export const PUT = defineRoute({
  permission: "administer",
  params: idParamsSchema,
  body: notificationRuleBodySchema,
  handler: ({ principal, params, body }) => changeNotificationRule(principal, params.id, body),
});

export const DELETE = defineRoute({
  permission: "administer",
  params: idParamsSchema,
  handler: async ({ principal, params }) => {
    await removeNotificationRule(principal, params.id);
    return new Response(null, { status: 204 });
  },
});
