import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";

export type AuditView = {
  seq: string;
  at: string;
  actor: { id: string; name: string } | null;
  action: string;
  subjectType: string;
  subjectId: string;
  facts: unknown;
};

/** The trail, newest first. `before` is the seq of the last entry seen. */
export async function listAudit(
  principal: Principal,
  query: { before?: string; limit: number; action?: string },
): Promise<{ items: AuditView[]; nextBefore: string | null }> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const rows = await tx.auditEntry.findMany({
      where: {
        organisationId,
        ...(query.before ? { seq: { lt: BigInt(query.before) } } : {}),
        ...(query.action ? { action: query.action } : {}),
      },
      orderBy: { seq: "desc" },
      take: query.limit,
    });
    const ids = [...new Set(rows.flatMap((row) => row.actorId ?? []))];
    const people = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
    const names = new Map(people.map((p) => [p.id, p.name]));
    const items = rows.map((row) => ({
      seq: row.seq.toString(),
      at: row.at.toISOString(),
      actor: row.actorId ? { id: row.actorId, name: names.get(row.actorId) ?? "" } : null,
      action: row.action,
      subjectType: row.subjectType,
      subjectId: row.subjectId,
      facts: row.facts,
    }));
    return { items, nextBefore: rows.length === query.limit ? (items.at(-1)?.seq ?? null) : null };
  });
}
