import { AppError } from "#lib/errors.ts";

/** As loose as a mailbox may be: something, one @, something (RFC 5321 §4.1.2); the mail itself is the real check. */
const SHAPE = /^[^\s@<>"(),:;\\]{1,64}@[^\s@<>"(),:;\\]{1,189}$/;

/**
 * One spelling per address: trimmed, lower case. Only printable ASCII is taken: look-alike letters cannot stand for somebody
 * else, and a NUL never reaches the database.
 * @throws {AppError} invalid_body
 */
export function normaliseEmail(given: string): string {
  const email = given.trim().toLowerCase();
  const readable = SHAPE.test(email) && [...email].every((c) => c > " " && c < "\u007f");
  if (!readable)
    throw new AppError("invalid_body", "not an e-mail address", {
      invalidParams: [{ name: "email", reason: "is not an e-mail address" }],
      facts: { name: "email" },
    });
  return email;
}
