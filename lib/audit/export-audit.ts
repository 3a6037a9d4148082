import { Readable } from "node:stream";
import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { auditCondition } from "./audit-condition.ts";
import type { AuditFilter } from "./audit-schema.ts";
import { toCsvRow } from "./to-csv-row.ts";

const COLUMNS = ["seq", "at", "actor", "actor_id", "action", "subject_type", "subject_id", "facts", "hash"] as const;
/** Entries read at once. */
const PAGE = 1000;

/**
 * The trail as CSV (RFC 4180, UTF-8 with a byte order mark, as spreadsheets want it), newest first, made while it is read. `hash` is
 * the entry's link in hex, so that a copy can be held against the chain. That it was taken is an entry itself, and not part of it.
 */
export async function exportAudit(principal: Principal, filter: AuditFilter): Promise<Readable> {
  requirePermission(principal, "administer");
  const { organisationId, userId } = principal;
  const last = await withOrganisation(organisationId, async (tx) => {
    const head = await tx.auditHead.findUnique({ where: { organisationId }, select: { seq: true } });
    await appendAudit(tx, {
      organisationId,
      actorId: userId,
      action: "audit.exported",
      subjectType: "organisation",
      subjectId: organisationId,
      facts: { ...filter },
    });
    return head?.seq ?? 0n;
  });
  return Readable.from(readRows(organisationId, filter, last), { objectMode: false });
}

async function* readRows(organisationId: string, filter: AuditFilter, last: bigint): AsyncGenerator<string> {
  yield `\uFEFF${toCsvRow(COLUMNS)}`;
  for (let before = last + 1n; ; ) {
    const { rows, names } = await withOrganisation(organisationId, async (tx) => {
      const rows = await tx.auditEntry.findMany({
        where: { AND: [auditCondition(organisationId, filter), { seq: { lt: before } }] },
        orderBy: { seq: "desc" },
        take: PAGE,
      });
      const actors = rows.map((row) => row.actorId);
      return { rows, names: await namesOfMembers(tx, actors) };
    });
    for (const row of rows)
      yield toCsvRow([
        row.seq.toString(),
        row.at.toISOString(),
        row.actorId ? (names.get(row.actorId) ?? "") : "",
        row.actorId ?? "",
        row.action,
        row.subjectType,
        row.subjectId,
        JSON.stringify(row.facts),
        Buffer.from(row.hash).toString("hex"),
      ]);
    if (rows.length < PAGE) return;
    before = rows.at(-1)!.seq;
  }
}
