import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";

/**
 * The link in the newest mail to somebody, from the folder that mails are written to while no mail server is set.
 * @param path the page that the link opens, e.g. `/invitation`
 * @param after how many such mails have been read already: a second invitation is another mail
 */
export async function linkMailedTo(email: string, path: string, after = 0): Promise<string> {
  const arrived = { timeout: 30_000, message: `a mail to ${email}` };
  await expect.poll(() => linksTo(email, path).length, arrived).toBeGreaterThan(after);
  return linksTo(email, path).at(-1)!;
}

function linksTo(email: string, path: string): string[] {
  const folder = join(process.env.E2E_DATA_DIR ?? "", "outbox");
  if (!existsSync(folder)) return []; // before the first mail
  return readdirSync(folder)
    .filter((name) => name.endsWith(".eml"))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .filter((mail) => mail.includes(`To: ${email}`))
    .flatMap((mail) => new RegExp(`https?://\\S+${path}\\?token=\\S+`).exec(readable(mail))?.[0] ?? []);
}

/** Undoes quoted-printable (RFC 2045 §6.7) as far as addresses need it. */
function readable(mail: string): string {
  return mail.replace(/=\r?\n/g, "").replace(/=3D/g, "=");
}
