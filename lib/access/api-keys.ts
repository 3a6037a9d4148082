import { createApiKey } from "#lib/access/create-api-key.ts";
import { type Principal, ROLES, type Role } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";

export type ApiKeyView = {
  id: string;
  name: string;
  start: string;
  role: Role;
  createdAt: string;
  lastUsedAt: string | null;
};

/** The organisation's keys that still work; never a key itself. */
export async function listApiKeys(principal: Principal): Promise<ApiKeyView[]> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  const rows = await withOrganisation(organisationId, (tx) =>
    tx.apiKey.findMany({ where: { organisationId, revokedAt: null }, orderBy: { createdAt: "desc" }, take: 200 }),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    start: row.start,
    role: row.role as Role,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }));
}

/** @returns the key, shown this once @throws {AppError} forbidden, also for a role above one's own */
export async function makeApiKey(
  principal: Principal,
  input: { name: string; role: Role },
): Promise<{ id: string; key: string }> {
  requirePermission(principal, "administer");
  if (ROLES.indexOf(input.role) < ROLES.indexOf(principal.role)) throw new AppError("forbidden");
  return createApiKey({ organisationId: principal.organisationId, userId: principal.userId, ...input });
}

/** Ends a key at once. @throws {AppError} forbidden, not_found */
export async function revokeApiKey(principal: Principal, id: string): Promise<void> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { organisationId, id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new AppError("not_found");
    await appendAudit(tx, {
      organisationId,
      actorId: principal.userId,
      action: "api_key.revoked",
      subjectType: "api_key",
      subjectId: id,
    });
  });
}
