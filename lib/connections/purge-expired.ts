import { database } from "#lib/database/database.ts";

/** Deletes what was good for one use or a limited time, sessions among them, a day after it expired. */
export async function purgeExpired(now: Date): Promise<void> {
  const expiresAt = { lt: new Date(now.getTime() - 86_400_000) };
  await database().oauthState.deleteMany({ where: { expiresAt } });
  await database().webhookToken.deleteMany({ where: { expiresAt } });
  await database().chartLink.deleteMany({ where: { expiresAt } });
  await database().oneTimeToken.deleteMany({ where: { expiresAt } });
  await database().session.deleteMany({ where: { OR: [{ expiresAt }, { revokedAt: expiresAt }] } });
  await database().$executeRaw`DELETE FROM vendor_budgets WHERE minute < ${expiresAt.lt}`;
  await database().$executeRaw`DELETE FROM rate_limits WHERE expire < ${expiresAt.lt}`;
}
