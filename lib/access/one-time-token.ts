import { createHash, randomBytes } from "node:crypto";
import { database } from "#lib/database/database.ts";
import { AppError } from "#lib/errors.ts";

export type OneTimePurpose = "set_up" | "password_reset";

/** A token of 256 random bits for a link, and what is kept of it. */
export function makeToken(): { token: string; hash: Uint8Array<ArrayBuffer> } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashToken(token) };
}

export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}

export async function issueOneTimeToken(
  purpose: OneTimePurpose,
  options: { userId?: string; minutes: number },
): Promise<string> {
  const { token, hash } = makeToken();
  await database().oneTimeToken.create({
    data: { hash, purpose, userId: options.userId ?? null, expiresAt: new Date(Date.now() + options.minutes * 60_000) },
  });
  return token;
}

/**
 * Uses a token up: two requests with one token cannot both pass.
 * @throws {AppError} `refusal` when it is unknown, used or expired
 */
export async function consumeOneTimeToken(
  purpose: OneTimePurpose,
  token: string,
  refusal: "set_up_token_wrong" | "invitation_expired",
): Promise<{ userId: string | null }> {
  const now = new Date();
  const hash = hashToken(token);
  const { count } = await database().oneTimeToken.updateMany({
    where: { hash, purpose, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (count === 0) throw new AppError(refusal);
  const row = await database().oneTimeToken.findUniqueOrThrow({ where: { hash } });
  return { userId: row.userId };
}
