import { makeToken } from "#lib/access/one-time-token.ts";
import { database } from "#lib/database/database.ts";
import { env } from "#lib/env.ts";
import type { JobPayload } from "#lib/jobs/queue-schema.ts";
import { mailSentence } from "#lib/mail/mail-sentence.ts";
import { sendMail } from "#lib/mail/send-mail.ts";

/** Makes the invitation's token and mails its link. A retry makes a new one: only the newest link works. */
export async function runSendInvitation({
  organisationId,
  invitationId,
}: JobPayload<"send-invitation">): Promise<void> {
  const row = await database().invitation.findFirst({
    where: { id: invitationId, organisationId, acceptedAt: null, revokedAt: null },
  });
  if (!row) return;
  const organisation = await database().organisation.findUniqueOrThrow({ where: { id: organisationId } });
  const inviter = await database().user.findUniqueOrThrow({ where: { id: row.invitedBy } });
  const { token, hash } = makeToken();
  await database().invitation.update({ where: { id: row.id }, data: { tokenHash: hash } });
  const facts = {
    organisation: organisation.name,
    inviter: inviter.name,
    link: `${env().PORTAL_URL}/invitation?token=${token}`,
  };
  await sendMail({
    to: row.email,
    subject: mailSentence("invitationSubject", facts, inviter.locale),
    text: mailSentence("invitationText", facts, inviter.locale),
  });
}
