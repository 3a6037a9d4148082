import type { Prisma } from "#generated/prisma/client.ts";
import { type AuditFacts, FIRST_LINK, hashOfEntry } from "#lib/audit/append-audit.ts";
import { database } from "#lib/database/database.ts";

export type AuditVerdict = { organisationId: string; entries: number; brokenAt: string | null };

/** A trail of ten million entries is read in this time. */
const LONGEST_MS = 60 * 60_000;

/**
 * Walks every organisation's chain. `brokenAt` is the seq of the first entry that does not follow from the one before it.
 * Everything is read as of one moment: what a running portal adds meanwhile breaks nothing.
 */
export async function verifyAudit(): Promise<AuditVerdict[]> {
  return database().$transaction(
    async (tx) => {
      const verdicts: AuditVerdict[] = [];
      for (const head of await tx.auditHead.findMany())
        verdicts.push(await verifyChain(tx, head.organisationId, head.seq, head.hash));
      return verdicts;
    },
    { isolationLevel: "RepeatableRead", timeout: LONGEST_MS },
  );
}

async function verifyChain(
  tx: Prisma.TransactionClient,
  organisationId: string,
  lastSeq: bigint,
  lastHash: Uint8Array,
): Promise<AuditVerdict> {
  let previous: Uint8Array = FIRST_LINK;
  let seq = 0n;
  for (;;) {
    const entries = await tx.auditEntry.findMany({
      where: { organisationId, seq: { gt: seq } },
      orderBy: { seq: "asc" },
      take: 1000,
    });
    for (const entry of entries) {
      const hash = hashOfEntry({ ...entry, facts: entry.facts as AuditFacts });
      const follows = entry.seq === seq + 1n && same(entry.previousHash, previous) && same(hash, entry.hash);
      if (!follows) return { organisationId, entries: Number(seq), brokenAt: String(seq + 1n) };
      previous = entry.hash;
      seq = entry.seq;
    }
    if (entries.length === 0) break;
  }
  const whole = seq === lastSeq && same(previous, lastHash);
  return { organisationId, entries: Number(seq), brokenAt: whole ? null : String(seq + 1n) };
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
