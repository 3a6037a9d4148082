import { issueOneTimeToken } from "#lib/access/one-time-token.ts";
import { database } from "#lib/database/database.ts";
import { env } from "#lib/env.ts";
import type { JobPayload } from "#lib/jobs/queue-schema.ts";
import { mailSentence } from "#lib/mail/mail-sentence.ts";
import { sendMail } from "#lib/mail/send-mail.ts";

/** How long the mailed link works, in minutes. */
const RESET_MINUTES = 60;

export async function runSendPasswordReset({ userId }: JobPayload<"send-password-reset">): Promise<void> {
  const user = await database().user.findUnique({ where: { id: userId } });
  if (!user || user.disabledAt) return;
  const token = await issueOneTimeToken("password_reset", { userId, minutes: RESET_MINUTES });
  const facts = { name: user.name, minutes: RESET_MINUTES, link: `${env().PORTAL_URL}/reset-password?token=${token}` };
  await sendMail({
    to: user.email,
    subject: mailSentence("resetSubject", facts, user.locale),
    text: mailSentence("resetText", facts, user.locale),
  });
}
