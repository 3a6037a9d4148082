import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { auditCondition } from "./audit-condition.ts";
import type { AuditPage, AuditQuery } from "./audit-schema.ts";

/** The trail, newest first. */
export async function listAudit(principal: Principal, query: AuditQuery): Promise<AuditPage> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const rows = await tx.auditEntry.findMany({
      where: {
        AND: [auditCondition(organisationId, query), query.before ? { seq: { lt: BigInt(query.before) } } : {}],
      },
      orderBy: { seq: "desc" },
      take: query.limit,
    });
    const names = await namesOfMembers(
      tx,
      rows.map((row) => row.actorId),
    );
    const items = rows.map((row) => ({
      seq: row.seq.toString(),
      at: row.at.toISOString(),
      actor: row.actorId ? { id: row.actorId, name: names.get(row.actorId) ?? "" } : null,
      action: row.action,
      subjectType: row.subjectType,
      subjectId: row.subjectId,
      facts: row.facts as Record<string, unknown>,
    }));
    return { items, nextBefore: rows.length === query.limit ? (items.at(-1)?.seq ?? null) : null };
  });
}
