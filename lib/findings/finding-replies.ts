import type { Finding, FindingReply } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import type { Clock } from "#lib/clock.ts";
import { type SealedPlace, sealJson, unsealJson } from "#lib/crypto/seal.ts";
import { newId } from "#lib/database/new-id.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { announce } from "#lib/events/announce.ts";

const place = ({ organisationId, id }: { organisationId: string; id: string }): SealedPlace => ({
  organisationId,
  table: "finding_replies",
  column: "text_sealed",
  row: id,
});

export function openReply(reply: FindingReply): string {
  return unsealJson(reply.textSealed, place(reply)) as string;
}

/** The answers to findings that this transaction's organisation may read, oldest first. */
export async function repliesTo(tx: TenantTransaction, findingIds: readonly string[]): Promise<FindingReply[]> {
  if (findingIds.length === 0) return [];
  return tx.findingReply.findMany({
    where: { findingId: { in: [...findingIds] } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/** Answers a finding that the other side of the order shares. @param finding as this transaction may see it */
export async function replyToFinding(
  tx: TenantTransaction,
  { organisationId, userId }: Principal,
  finding: Finding,
  orderId: string,
  text: string,
  clock: Clock,
): Promise<void> {
  const id = newId();
  await tx.findingReply.create({
    data: {
      id,
      organisationId,
      findingId: finding.id,
      findingOrganisationId: finding.organisationId,
      textSealed: sealJson(text, place({ organisationId, id })),
      createdBy: userId,
      createdAt: clock.now(),
    },
  });
  await appendAudit(tx, {
    organisationId,
    actorId: userId,
    action: "finding.answered",
    subjectType: "finding",
    subjectId: finding.id,
    facts: { orderId },
  });
  await announce(tx, { organisationId, topic: "order", id: orderId });
  await announce(tx, { organisationId: finding.organisationId, topic: "order", id: finding.orderId });
}
