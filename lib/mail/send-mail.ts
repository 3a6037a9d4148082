import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import nodemailer from "nodemailer";
import MailComposer from "nodemailer/lib/mail-composer/index.js";
import { env } from "#lib/env.ts";

export type Mail = { to: string; subject: string; text: string };

/**
 * Sends a mail through SMTP_URL; without that setting it is written to `DATA_DIR/outbox` as an .eml file (RFC 5322), whole or
 * not at all.
 * @throws {Error} when the mail server cannot be reached or refuses: the job is tried again
 */
export async function sendMail(mail: Mail): Promise<void> {
  const { SMTP_URL, MAIL_FROM, DATA_DIR } = env();
  if (SMTP_URL) {
    const transport = nodemailer.createTransport(SMTP_URL, { from: MAIL_FROM });
    try {
      await transport.sendMail({ ...mail, disableFileAccess: true, disableUrlAccess: true });
    } finally {
      transport.close();
    }
    return;
  }
  const message = await new MailComposer({ from: MAIL_FROM, ...mail }).compile().build();
  const folder = join(DATA_DIR, "outbox");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = `${new Date().toISOString().replaceAll(":", "-")}-${randomUUID().slice(0, 8)}.eml`;
  await writeFile(join(folder, `.${name}.part`), message, { mode: 0o600 });
  await rename(join(folder, `.${name}.part`), join(folder, name));
}
