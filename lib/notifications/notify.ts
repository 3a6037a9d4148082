import type { NotificationRule } from "#generated/prisma/client.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { enqueueAll } from "#lib/jobs/queue.ts";
import { findHappenings } from "./find-happenings.ts";
import { mailHour } from "./mail-hour.ts";
import type { Notifiable } from "./notification-schema.ts";

/** ms: a transaction that wrote something has long committed by then, so that nothing slips in behind the mark. */
const SETTLED_AFTER = 30_000;
/** Subjects a mail lists by name. */
const NAMED = 20;

/**
 * Looks what happened since each rule was last looked at, moves its mark and asks for the mails in one transaction: each happening is
 * told once, also when a process dies in between.
 */
export async function notify(now: Date): Promise<void> {
  const rules = await database().notificationRule.findMany({
    include: { organisation: { select: { timeZone: true } } },
  });
  for (const rule of rules) await notifyOf(rule, rule.organisation.timeZone, now);
}

async function notifyOf({ id, organisationId, timing }: NotificationRule, timeZone: string, now: Date): Promise<void> {
  const { day, hasCome } = mailHour(now, timeZone);
  if (timing === "daily" && !hasCome) return;
  await withOrganisation(organisationId, async (tx) => {
    const [rule] = await tx.$queryRaw<
      { event: Notifiable; recipients: string[]; seen_at: Date; told_on: Date | null }[]
    >`
      SELECT event, recipients, seen_at, told_on FROM notification_rules
      WHERE id = ${id}::uuid AND organisation_id = ${organisationId}::uuid FOR UPDATE SKIP LOCKED`;
    if (!rule || (timing === "daily" && rule.told_on?.getTime() === day.getTime())) return;
    const until = new Date(now.getTime() - SETTLED_AFTER);
    if (until <= rule.seen_at) return;
    const { event, seen_at: after } = rule;
    const subjects = await findHappenings(tx, { organisationId, event, after, until, today: day });
    await tx.notificationRule.update({ where: { id, organisationId }, data: { seenAt: until, toldOn: day } });
    if (subjects.length === 0) return;
    const facts = { organisationId, event, subjects: subjects.slice(0, NAMED), total: subjects.length };
    await enqueueAll(
      tx,
      "send-notification",
      rule.recipients.map((userId) => ({ payload: { ...facts, userId } })),
    );
  });
}
