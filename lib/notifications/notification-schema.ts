import { z } from "zod";

/** What an organisation can be told of by mail. */
export const NOTIFIABLE = [
  "order_arrived",
  "needs_information",
  "changed_after_acceptance",
  "order_closed",
  "decision_trouble",
  "connection_trouble",
  "due_soon",
] as const;
export type Notifiable = (typeof NOTIFIABLE)[number];

/** "daily": one mail in the morning, at seven in the organisation's zone. */
export const TIMINGS = ["at_once", "daily"] as const;

export const notificationRuleBodySchema = z.object({
  event: z.enum(NOTIFIABLE),
  timing: z.enum(TIMINGS),
  /** Members; who leaves the organisation gets nothing any more. */
  recipients: z.array(z.uuid()).min(1).max(50),
});

export const notificationRuleSchema = notificationRuleBodySchema.extend({ id: z.string(), createdAt: z.string() });

export type NotificationRuleBody = z.infer<typeof notificationRuleBodySchema>;
export type NotificationRuleView = z.infer<typeof notificationRuleSchema>;
