import type { Decision } from "#generated/prisma/client.ts";
import type { MemberNames } from "#lib/access/names-of-members.ts";
import { seal, unseal } from "#lib/crypto/seal.ts";
import type { DecisionKind, DecisionView } from "#lib/orders/order-schema.ts";

/** True while it is not known how the decision ended: at most one such per order. */
export function isOpen(decision: { state: string }): boolean {
  return decision.state === "requested" || decision.state === "sending";
}

/** A row of the journal as the HTTP surface gives it. */
export function toDecisionView(row: Decision, names: MemberNames): DecisionView {
  return {
    id: row.id,
    orderId: row.orderId,
    kind: row.kind as DecisionKind,
    state: row.state as DecisionView["state"],
    recordedOnly: row.recordedOnly,
    reason: row.reason ?? open(row, "reason_sealed", row.reasonSealed),
    note: open(row, "note_sealed", row.noteSealed),
    requestedBy: { id: row.requestedBy, name: names.get(row.requestedBy) ?? "" },
    requestedAt: row.requestedAt.toISOString(),
    leavesAt: row.leavesAt?.toISOString() ?? null,
    sentAt: row.sentAt?.toISOString() ?? null,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    deadlineAt: row.deadlineAt.toISOString(),
    attempts: row.attempts,
    conflict: row.conflict as DecisionView["conflict"], // written by close-decision in this very shape
    problem: row.problem,
  };
}

type WordsColumn = "reason_sealed" | "note_sealed";

const placeOf = (organisationId: string, row: string, column: WordsColumn) => ({
  organisationId,
  table: "decisions",
  column,
  row,
});

/** What a member wrote about a decision may name a patient. */
export function sealWords(
  organisationId: string,
  decisionId: string,
  column: WordsColumn,
  words: string,
): Uint8Array<ArrayBuffer> {
  return seal(words, placeOf(organisationId, decisionId, column));
}

/** The reason in the words of whoever decided. @throws {SealError} */
export function openReason(organisationId: string, decisionId: string, sealed: Uint8Array): string {
  return unseal(sealed, placeOf(organisationId, decisionId, "reason_sealed")).toString("utf8");
}

function open(row: Decision, column: WordsColumn, sealed: Uint8Array | null): string | null {
  return sealed && unseal(sealed, placeOf(row.organisationId, row.id, column)).toString("utf8");
}
