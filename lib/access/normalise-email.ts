import { z } from "zod";
import { AppError } from "#lib/errors.ts";

const schema = z.email().max(254);

/**
 * One spelling per address: trimmed, lower case. Only ASCII addresses are taken, so that look-alike letters cannot stand for
 * somebody else.
 * @throws {AppError} invalid_body
 */
export function normaliseEmail(given: string): string {
  const email = given.trim().toLowerCase();
  const readable = schema.safeParse(email).success && [...email].every((c) => c.charCodeAt(0) < 128);
  if (!readable)
    throw new AppError("invalid_body", "not an e-mail address", {
      invalidParams: [{ name: "email", reason: "is not an e-mail address" }],
      facts: { name: "email" },
    });
  return email;
}
