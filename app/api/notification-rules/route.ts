import { defineRoute } from "#lib/api/define-route.ts";
import { respond } from "#lib/api/respond.ts";
import { addNotificationRule, listNotificationRules } from "#lib/notifications/notification-rules.ts";
import { notificationRuleBodySchema } from "#lib/notifications/notification-schema.ts";

export const GET = defineRoute({
  permission: "administer",
  handler: async ({ principal }) => ({ items: await listNotificationRules(principal) }),
});

export const POST = defineRoute({
  permission: "administer",
  body: notificationRuleBodySchema,
  handler: async ({ principal, body }) => respond(await addNotificationRule(principal, body), { status: 201 }),
});
