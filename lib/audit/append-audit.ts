import { createHash } from "node:crypto";
import type { AuditAction } from "#lib/audit/audit-actions.ts";
import type { Statement } from "#lib/database/trip-query.ts";
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
  const { text, values } = auditStatement(input);
  await tx.$executeRawUnsafe(text, ...values);
}

/** The same as a statement, for {@link file://../database/one-trip.ts inOneTrip}. */
export function auditStatement(input: AuditInput): Statement {
  const entry = { ...input, facts: input.facts ?? {}, at: new Date() };
  const [beforeNumber, afterNumber] = halvesOf(entry);
  const { organisationId, at, actorId, action, subjectType, subjectId, facts } = entry;
  return {
    name: "append audit",
    text: "SELECT append_audit($1::uuid, $2::timestamptz, $3::uuid, $4, $5, $6, $7::jsonb, $8, $9)::text",
    values: [
      organisationId,
      at.toISOString(),
      actorId,
      action,
      subjectType,
      subjectId,
      JSON.stringify(facts),
      beforeNumber,
      afterNumber,
    ],
  };
}

/** An entry as it was written, by whichever version: its action may be one that is no longer ours. */
type WrittenEntry = Omit<Required<AuditInput>, "action"> & { action: string; at: Date };

/** The link of one entry: SHA-256 over the previous link and everything the entry says. */
export function hashOfEntry(entry: WrittenEntry & { seq: bigint; previousHash: Uint8Array }): Uint8Array<ArrayBuffer> {
  const text = halvesOf(entry).join(entry.seq.toString());
  return new Uint8Array(createHash("sha256").update(entry.previousHash).update(text).digest());
}

/** What is hashed, as JSON, before and after the entry's number: the database alone knows that while the entry is written. */
function halvesOf(entry: WrittenEntry): [string, string] {
  const before = JSON.stringify([entry.organisationId]).slice(0, -1);
  const after = JSON.stringify([
    entry.at.toISOString(),
    entry.actorId,
    entry.action,
    entry.subjectType,
    entry.subjectId,
    Object.entries(entry.facts).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  return [`${before},"`, `",${after.slice(1)}`];
}
