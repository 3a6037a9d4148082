import type { Principal, Role } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";

export type MemberView = { userId: string; name: string; email: string; role: Role; since: string; you: boolean };

/** The people of the organisation, by name. */
export async function listMembers(principal: Principal): Promise<MemberView[]> {
  const { organisationId } = principal;
  const rows = await withOrganisation(organisationId, (tx) =>
    tx.member.findMany({
      where: { organisationId },
      include: { user: { select: { id: true, name: true, email: true } } },
      orderBy: { user: { name: "asc" } },
      take: 500,
    }),
  );
  return rows.map((row) => ({
    userId: row.userId,
    name: row.user.name,
    email: row.user.email,
    role: row.role as Role,
    since: row.createdAt.toISOString(),
    you: row.userId === principal.userId,
  }));
}

/** @throws {AppError} forbidden, not_found, last_admin */
export async function changeRole(principal: Principal, userId: string, role: Role): Promise<void> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    if (role !== "admin") await keepAnAdmin(tx, organisationId, userId);
    const { count } = await tx.member.updateMany({ where: { organisationId, userId }, data: { role } });
    if (count === 0) throw new AppError("not_found");
    await appendAudit(tx, {
      organisationId,
      actorId: principal.userId,
      action: "member.role_changed",
      subjectType: "user",
      subjectId: userId,
      facts: { role },
    });
  });
}

/** Takes a person out of the organisation; effective with their next request. @throws {AppError} forbidden, not_found, last_admin */
export async function removeMember(principal: Principal, userId: string): Promise<void> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    await keepAnAdmin(tx, organisationId, userId);
    const { count } = await tx.member.deleteMany({ where: { organisationId, userId } });
    if (count === 0) throw new AppError("not_found");
    await tx.order.updateMany({ where: { organisationId, assigneeId: userId }, data: { assigneeId: null } });
    await tx.savedView.deleteMany({ where: { organisationId, ownerId: userId, shared: false } });
    await tx.apiKey.updateMany({ where: { organisationId, userId, revokedAt: null }, data: { revokedAt: new Date() } });
    await appendAudit(tx, {
      organisationId,
      actorId: principal.userId,
      action: "member.removed",
      subjectType: "user",
      subjectId: userId,
    });
  });
}

/** Locks the admins' rows, so that two admins cannot remove each other at once. */
async function keepAnAdmin(tx: TenantTransaction, organisationId: string, leaving: string): Promise<void> {
  const admins = await tx.$queryRaw<{ user_id: string }[]>`
    SELECT user_id FROM members WHERE organisation_id = ${organisationId}::uuid AND role = 'admin' FOR UPDATE`;
  if (admins.length === 1 && admins[0]!.user_id === leaving) throw new AppError("last_admin");
}
