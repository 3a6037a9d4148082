import { database } from "#lib/database/database.ts";
import { env } from "#lib/env.ts";
import type { JobPayload } from "#lib/jobs/queue-schema.ts";
import { mailSentence } from "#lib/mail/mail-sentence.ts";
import { sendMail } from "#lib/mail/send-mail.ts";
import { findVendor } from "#lib/vendors/registry.ts";

/** Mails one admin that a sign-in at a vendor ends soon; nothing once it was renewed. */
export async function runSendRenewalReminder(payload: JobPayload<"send-renewal-reminder">): Promise<void> {
  const { organisationId, connectionId, userId, days } = payload;
  const connection = await database().connection.findFirst({
    where: { id: connectionId, organisationId, state: "connected" },
    include: { health: true, organisation: { select: { name: true } } },
  });
  const user = await database().user.findUnique({ where: { id: userId } });
  if (!connection || !user || user.disabledAt) return;
  if (connection.health?.reminderFor?.getTime() !== connection.refreshExpiresAt?.getTime()) return;
  const facts = {
    name: user.name,
    vendor: findVendor(connection.vendor)?.name ?? connection.vendor,
    account: connection.groupName ?? connection.account,
    organisation: connection.organisation.name,
    days,
    link: `${env().PORTAL_URL}/connections`,
  };
  await sendMail({
    to: user.email,
    subject: mailSentence("renewalSubject", facts, user.locale),
    text: mailSentence("renewalText", facts, user.locale),
  });
}
