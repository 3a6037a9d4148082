import { withOrganisation } from "#lib/database/with-organisation.ts";
import { env } from "#lib/env.ts";
import type { JobPayload } from "#lib/jobs/queue-schema.ts";
import { mailSentence } from "#lib/mail/mail-sentence.ts";
import { sendMail } from "#lib/mail/send-mail.ts";
import { findVendor } from "#lib/vendors/registry.ts";

/** Mails one member what happened; nothing to somebody who left meanwhile. Orders are named by number, never by patient. */
export async function runSendNotification(payload: JobPayload<"send-notification">): Promise<void> {
  const { organisationId, userId, event, subjects, total } = payload;
  const found = await withOrganisation(organisationId, async (tx) => {
    const member = await tx.member.findFirst({
      where: { organisationId, userId, user: { disabledAt: null } },
      select: { user: { select: { name: true, email: true, locale: true } }, organisation: { select: { name: true } } },
    });
    if (!member) return null;
    const orders = await tx.order.findMany({
      where: { organisationId, id: { in: subjects } },
      select: { id: true, number: true, vendor: true },
    });
    const connections = await tx.connection.findMany({
      where: { organisationId, id: { in: subjects } },
      select: { account: true, vendor: true },
    });
    return { ...member, orders, connections };
  });
  if (!found) return;
  const { user, organisation, orders, connections } = found;
  const portal = env().PORTAL_URL;
  const nameOf = (vendor: string) => findVendor(vendor)?.name ?? vendor;
  const lines = [
    ...orders.map(({ id, number, vendor }) => `${nameOf(vendor)} ${number}: ${portal}/orders/${id}`),
    ...connections.map(({ account, vendor }) => `${nameOf(vendor)} ${account}: ${portal}/connections`),
  ];
  if (lines.length === 0) return;
  const facts = { organisation: organisation.name, count: total, event };
  await sendMail({
    to: user.email,
    subject: mailSentence("notificationSubject", facts, user.locale),
    text: mailSentence(
      "notificationText",
      { ...facts, name: user.name, lines: lines.join("\n"), more: total - lines.length, link: `${portal}/orders` },
      user.locale,
    ),
  });
}
