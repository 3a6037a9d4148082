import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { announce } from "#lib/events/announce.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/** Days before a sign-in ends at which its organisation's admins are reminded. */
const MARKS = [7, 3, 1] as const;
const DAY_MS = 86_400_000;

/** The mark a time of life has passed; null while it is further away than all of them. */
export function markOf(remainingMs: number): number | null {
  if (remainingMs <= 0) return null;
  return MARKS.findLast((days) => remainingMs <= days * DAY_MS) ?? null;
}

/**
 * Reminds of sign-ins that end in 7, 3 or 1 days, each mark once: on the connection, and by mail to the admins. A sign-in that is
 * first seen within its last week was just made: its first mark passes in silence.
 */
export async function remindOfRenewal(now: Date): Promise<void> {
  const ending = await database().connection.findMany({
    where: { state: "connected", refreshExpiresAt: { gt: now, lte: new Date(now.getTime() + 8 * DAY_MS) } },
    include: { health: true },
  });
  for (const { id, organisationId, refreshExpiresAt, health } of ending) {
    if (!refreshExpiresAt) continue;
    const days = markOf(refreshExpiresAt.getTime() - now.getTime());
    const isKnown = health?.reminderFor?.getTime() === refreshExpiresAt.getTime();
    if (isKnown && health.reminderDays === days) continue;
    const isSilent = days === null || (days === MARKS[0] && !isKnown);
    const reminder = { reminderFor: refreshExpiresAt, reminderDays: days, remindedAt: isSilent ? null : now };
    await withOrganisation(organisationId, async (tx) => {
      await tx.connectionHealth.upsert({
        where: { connectionId: id, organisationId },
        create: { connectionId: id, organisationId, ...reminder },
        update: reminder,
      });
      if (isSilent) return;
      await announce(tx, { organisationId, topic: "connection", id });
      const admins = await tx.member.findMany({ where: { organisationId, role: "admin" }, select: { userId: true } });
      for (const { userId } of admins)
        await enqueue(
          tx,
          "send-renewal-reminder",
          { organisationId, connectionId: id, userId, days },
          { singletonKey: `${id} ${userId} ${days}` },
        );
    });
  }
}
