import { createHash } from "node:crypto";
import { forgetAttempts, limitAttempts, returnAttempt } from "#lib/access/limit-attempts.ts";
import { normaliseEmail } from "#lib/access/normalise-email.ts";
import { verifyPassword } from "#lib/access/password.ts";
import { placeOf } from "#lib/access/place-of.ts";
import { SESSION_SECONDS } from "#lib/access/session-cookie.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";

/**
 * Checks e-mail and password and opens a session.
 * @returns the session row's id, which next-auth seals into its cookie
 * @throws {AppError} wrong_credentials (also for accounts that do not exist), too_many_attempts
 */
export async function signIn(input: {
  email: string;
  password: string;
  headers: Headers;
}): Promise<{ sessionId: string; userId: string }> {
  const email = readEmail(input.email);
  const place = placeOf(input.headers);
  const account = createHash("sha256").update(email).digest("base64url");
  await limitAttempts("sign-in-place", place);
  await limitAttempts("sign-in-account-place", `${account}|${place}`);
  await limitAttempts("sign-in-account", account);
  const user = await database().user.findUnique({
    where: { email },
    include: { members: { orderBy: { createdAt: "asc" } } },
  });
  const right = await verifyPassword(input.password, user?.passwordHash ?? null);
  if (!user || !right || user.disabledAt) throw new AppError("wrong_credentials");
  await Promise.all([
    forgetAttempts("sign-in-account-place", `${account}|${place}`),
    returnAttempt("sign-in-account", account),
    returnAttempt("sign-in-place", place),
  ]);
  const organisationId = user.members[0]?.organisationId ?? null;
  const session = await database().session.create({
    data: {
      userId: user.id,
      organisationId,
      userAgent: (input.headers.get("user-agent") ?? "").slice(0, 300),
      expiresAt: new Date(Date.now() + SESSION_SECONDS * 1000),
    },
  });
  if (organisationId)
    await withOrganisation(organisationId, (tx) =>
      appendAudit(tx, {
        organisationId,
        actorId: user.id,
        action: "session.opened",
        subjectType: "session",
        subjectId: session.id,
      }),
    );
  return { sessionId: session.id, userId: user.id };
}

function readEmail(given: string): string {
  try {
    return normaliseEmail(given);
  } catch (cause) {
    throw new AppError("wrong_credentials", "not an address", { cause });
  }
}
