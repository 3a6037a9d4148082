import { hash as digestOf } from "node:crypto";
import { decode } from "next-auth/jwt";
import { type Principal, ROLES, type Role } from "#lib/access/principal.ts";
import { sessionCookie } from "#lib/access/session-cookie.ts";
import { sessionSecret } from "#lib/access/session-secret.ts";
import { database } from "#lib/database/database.ts";
import { askAsOwner } from "#lib/database/one-trip.ts";
import type { Side } from "#lib/orders/order-schema.ts";

/** An API key is 32 random bytes behind a prefix that secret scanners can know. */
export const API_KEY_PREFIX = "cbk_";

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

/** A member as one statement finds them; `stale` when "last seen" lags by a minute: not every request is worth a write. */
type Found = {
  user_id: string;
  name: string;
  locale: string;
  tooth_notation: string;
  role: string;
  organisation_id: string;
  organisation_kind: string;
  organisation_name: string;
  stale: boolean;
};

const MEMBER = `u.id AS user_id, u.name, u.locale, u.tooth_notation, m.role, o.id AS organisation_id,
  o.kind AS organisation_kind, o.name AS organisation_name`;

/** The organisation looked at now, or the one this person has been in for longest. */
const BY_SESSION = `
  SELECT ${MEMBER}, s.last_seen_at < now() - interval '1 minute' AS stale
  FROM sessions AS s
  JOIN users AS u ON u.id = s.user_id
  JOIN members AS m ON m.user_id = u.id
  JOIN organisations AS o ON o.id = m.organisation_id
  WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL
  ORDER BY m.organisation_id IS NOT DISTINCT FROM s.organisation_id DESC, m.created_at LIMIT 1`;

const BY_KEY = `
  SELECT ${MEMBER}, k.id AS key_id, k.role AS key_role,
    coalesce(k.last_used_at < now() - interval '1 minute', true) AS stale
  FROM api_keys AS k
  JOIN members AS m ON m.organisation_id = k.organisation_id AND m.user_id = k.user_id
  JOIN users AS u ON u.id = m.user_id
  JOIN organisations AS o ON o.id = m.organisation_id
  WHERE k.hash = $1 AND k.revoked_at IS NULL AND u.disabled_at IS NULL`;

async function principalOfSession(id: string): Promise<Principal | null> {
  const [found] = await askAsOwner<Found>({ name: "member by session", text: BY_SESSION, values: [id] });
  if (!found) return null;
  if (found.stale) await database().session.updateMany({ where: { id }, data: { lastSeenAt: new Date() } });
  return toPrincipal(found, found.role, `session:${id}`);
}

async function principalOfKey(key: string): Promise<Principal | null> {
  const hash = digestOf("sha256", key, "buffer");
  const [found] = await askAsOwner<Found & { key_id: string; key_role: string }>({
    name: "member by key",
    text: BY_KEY,
    values: [hash],
  });
  if (!found) return null;
  if (found.stale)
    await database().apiKey.updateMany({ where: { id: found.key_id }, data: { lastUsedAt: new Date() } });
  return toPrincipal(found, weaker(found.role, found.key_role), `key:${found.key_id}`);
}

/** A key never does more than the person who made it may do now. */
function weaker(a: string, b: string): string {
  return ROLES.indexOf(a as Role) >= ROLES.indexOf(b as Role) ? a : b;
}

function toPrincipal(found: Found, role: string, via: string): Principal {
  return {
    userId: found.user_id,
    name: found.name,
    organisationId: found.organisation_id,
    organisationKind: found.organisation_kind as Side,
    organisationName: found.organisation_name,
    role: role as Role,
    via,
    locale: found.locale,
    toothNotation: found.tooth_notation === "universal" ? "universal" : "fdi",
  };
}

function readCookie(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const [key, value] = part.trim().split(/=(.*)/s);
    if (key === name && value) return value.includes("%") ? decoded(value) : value;
  }
  return null;
}

/** @returns null for what nobody encoded: no cookie of ours */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
