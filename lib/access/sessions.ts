import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { AppError } from "#lib/errors.ts";

export type SessionView = { id: string; userAgent: string; createdAt: string; lastSeenAt: string; current: boolean };

/** The signed-in browsers of this person. */
export async function listSessions(principal: Principal): Promise<SessionView[]> {
  const rows = await database().session.findMany({
    where: { userId: principal.userId, revokedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { lastSeenAt: "desc" },
    take: 100,
  });
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    current: principal.via === `session:${row.id}`,
  }));
}

/** Ends one of this person's own sessions at once. @throws {AppError} not_found */
export async function revokeSession(principal: Principal, id: string): Promise<void> {
  const { count } = await database().session.updateMany({
    where: { id, userId: principal.userId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  if (count === 0) throw new AppError("not_found");
}

/** Ends a session by its row's id: sign-out. */
export async function revokeSessionRow(id: string): Promise<void> {
  await database().session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
}

/** Ends every session of a person, but not the one named. */
export async function revokeOtherSessions(userId: string, keepVia: string | null): Promise<void> {
  const keep = keepVia?.startsWith("session:") ? keepVia.slice("session:".length) : null;
  await database().session.updateMany({
    where: { userId, revokedAt: null, ...(keep ? { id: { not: keep } } : {}) },
    data: { revokedAt: new Date() },
  });
}
