import { createHash } from "node:crypto";
import { decode } from "next-auth/jwt";
import { type Principal, ROLES, type Role } from "#lib/access/principal.ts";
import { sessionCookie } from "#lib/access/session-cookie.ts";
import { sessionSecret } from "#lib/access/session-secret.ts";
import { database } from "#lib/database/database.ts";
import type { Side } from "#lib/orders/order-schema.ts";

/** An API key is 32 random bytes behind a prefix that secret scanners can know. */
export const API_KEY_PREFIX = "cbk_";
/** How long a row's "last seen" may lag, in ms: not every request is worth a write. */
const SEEN_EVERY = 60_000;

/**
 * Who sent these headers: a signed-in member by next-auth's cookie, or an API key. Read from the database every time, so that
 * a revoked session, a lowered role or a removed member takes effect with the next request.
 * @returns null for nobody
 */
export async function principalOf(headers: Headers): Promise<Principal | null> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (bearer) return bearer.startsWith(API_KEY_PREFIX) ? principalOfKey(bearer) : null;
  const sessionId = await sessionIdOf(headers);
  return sessionId ? principalOfSession(sessionId) : null;
}

/** The session row named by next-auth's cookie, when the cookie was sealed by us. */
export async function sessionIdOf(headers: Headers): Promise<string | null> {
  const value = readCookie(headers.get("cookie") ?? "", sessionCookie().name);
  if (!value) return null;
  const token = await decode({ token: value, secret: sessionSecret() }).catch(() => null);
  return typeof token?.sid === "string" ? token.sid : null;
}

async function principalOfSession(id: string): Promise<Principal | null> {
  const now = new Date();
  const session = await database().session.findUnique({
    where: { id },
    include: { user: { include: { members: { include: { organisation: true }, orderBy: { createdAt: "asc" } } } } },
  });
  if (!session || session.revokedAt || session.expiresAt <= now || session.user.disabledAt) return null;
  const member =
    session.user.members.find((m) => m.organisationId === session.organisationId) ?? session.user.members[0];
  if (!member) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > SEEN_EVERY)
    await database().session.update({ where: { id }, data: { lastSeenAt: now } });
  return toPrincipal(session.user, member, `session:${id}`);
}

async function principalOfKey(key: string): Promise<Principal | null> {
  const row = await database().apiKey.findUnique({ where: { hash: createHash("sha256").update(key).digest() } });
  if (!row || row.revokedAt) return null;
  const member = await database().member.findUnique({
    where: { organisationId_userId: { organisationId: row.organisationId, userId: row.userId } },
    include: { organisation: true, user: true },
  });
  if (!member || member.user.disabledAt) return null;
  const now = new Date();
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > SEEN_EVERY)
    await database().apiKey.update({ where: { id: row.id }, data: { lastUsedAt: now } });
  return toPrincipal(member.user, { ...member, role: weaker(member.role, row.role) }, `key:${row.id}`);
}

/** A key never does more than the person who made it may do now. */
function weaker(a: string, b: string): string {
  return ROLES.indexOf(a as Role) >= ROLES.indexOf(b as Role) ? a : b;
}

function toPrincipal(
  user: { id: string; name: string; locale: string; toothNotation: string },
  member: { role: string; organisation: { id: string; kind: string; name: string } },
  via: string,
): Principal {
  return {
    userId: user.id,
    name: user.name,
    organisationId: member.organisation.id,
    organisationKind: member.organisation.kind as Side,
    organisationName: member.organisation.name,
    role: member.role as Role,
    via,
    locale: user.locale,
    toothNotation: user.toothNotation === "universal" ? "universal" : "fdi",
  };
}

function readCookie(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const [key, value] = part.trim().split(/=(.*)/s);
    if (key === name && value) return decodeURIComponent(value);
  }
  return null;
}
