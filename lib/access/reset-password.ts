import { createHash } from "node:crypto";
import { limitAttempts } from "#lib/access/limit-attempts.ts";
import { normaliseEmail } from "#lib/access/normalise-email.ts";
import { consumeOneTimeToken, hashToken } from "#lib/access/one-time-token.ts";
import { hashPassword, verifyPassword } from "#lib/access/password.ts";
import { placeOf } from "#lib/access/place-of.ts";
import type { Principal } from "#lib/access/principal.ts";
import { revokeOtherSessions } from "#lib/access/sessions.ts";
import { database } from "#lib/database/database.ts";
import { AppError } from "#lib/errors.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/** Sends a link to reset the password, if there is such a person; the answer is the same if not. */
export async function requestPasswordReset(given: string, headers: Headers): Promise<void> {
  const email = normaliseEmail(given);
  await limitAttempts("one-time-token", placeOf(headers));
  await limitAttempts("password-reset", createHash("sha256").update(email).digest("base64url"));
  const user = await database().user.findUnique({ where: { email } });
  if (!user || user.disabledAt) return;
  await database().$transaction((tx) => enqueue(tx, "send-password-reset", { userId: user.id }));
}

/** Sets a new password by a mailed link and ends every session of that person. @throws {AppError} invitation_expired, weak_password */
export async function resetPassword(token: string, password: string, headers: Headers): Promise<void> {
  await limitAttempts("one-time-token", placeOf(headers));
  const known = await database().oneTimeToken.findUnique({ where: { hash: hashToken(token) } });
  if (!known) throw new AppError("invitation_expired");
  const passwordHash = await hashPassword(password);
  const { userId } = await consumeOneTimeToken("password_reset", token, "invitation_expired");
  if (!userId) throw new AppError("invitation_expired");
  await database().user.update({ where: { id: userId }, data: { passwordHash } });
  await revokeOtherSessions(userId, null);
}

/** Changes one's own password and ends one's other sessions. @throws {AppError} wrong_credentials, weak_password */
export async function changePassword(principal: Principal, input: { current: string; next: string }): Promise<void> {
  const user = await database().user.findUniqueOrThrow({ where: { id: principal.userId } });
  if (!(await verifyPassword(input.current, user.passwordHash))) throw new AppError("wrong_credentials");
  await database().user.update({ where: { id: user.id }, data: { passwordHash: await hashPassword(input.next) } });
  await revokeOtherSessions(user.id, principal.via);
}
