import { createHash } from "node:crypto";
import type { AuditAction } from "#lib/audit/audit-actions.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";

export type AuditFacts = Record<string, string | number | boolean | null | string[]>;
export type AuditInput = {
  organisationId: string;
  /** null: the portal itself */
  actorId: string | null;
  action: AuditAction;
  subjectType: string;
  subjectId: string;
  /** Ids, codes, counts. Never patient data or secrets. */
  facts?: AuditFacts;
};

export const FIRST_LINK = Buffer.alloc(32);

/**
 * Adds one entry to the organisation's audit trail, in the caller's transaction: what happened and its record commit together.
 * Entries form a hash chain; `seq`, not the clock, is their order.
 */
export async function appendAudit(tx: TenantTransaction, input: AuditInput): Promise<void> {
  await tx.$executeRaw`INSERT INTO audit_heads (organisation_id, seq, hash) VALUES (${input.organisationId}::uuid, 0, ${FIRST_LINK}) ON CONFLICT DO NOTHING`;
  const [head] = await tx.$queryRaw<{ seq: bigint; hash: Uint8Array }[]>`
    SELECT seq, hash FROM audit_heads WHERE organisation_id = ${input.organisationId}::uuid FOR UPDATE`;
  const entry = { ...input, facts: input.facts ?? {}, seq: head!.seq + 1n, at: new Date(), previousHash: head!.hash };
  const hash = hashOfEntry(entry);
  await tx.auditEntry.create({ data: { ...entry, previousHash: new Uint8Array(head!.hash), hash } });
  await tx.auditHead.update({ where: { organisationId: input.organisationId }, data: { seq: entry.seq, hash } });
}

/** The link of one entry: SHA-256 over the previous link and everything the entry says. */
export function hashOfEntry(
  entry: Omit<Required<AuditInput>, "action"> & { action: string; seq: bigint; at: Date; previousHash: Uint8Array },
): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify([
    entry.organisationId,
    entry.seq.toString(),
    entry.at.toISOString(),
    entry.actorId,
    entry.action,
    entry.subjectType,
    entry.subjectId,
    Object.entries(entry.facts).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  return new Uint8Array(createHash("sha256").update(entry.previousHash).update(text).digest());
}
