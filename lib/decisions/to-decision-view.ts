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
    reason: row.reason,
    note: row.noteSealed && openNote(row.organisationId, row.id, row.noteSealed),
    requestedBy: { id: row.requestedBy, name: names.get(row.requestedBy) ?? "" },
    requestedAt: row.requestedAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    deadlineAt: row.deadlineAt.toISOString(),
    attempts: row.attempts,
    conflict: row.conflict as DecisionView["conflict"], // written by close-decision in this very shape
    problem: row.problem,
  };
}

const notePlace = (organisationId: string, decisionId: string) => ({
  organisationId,
  table: "decisions",
  column: "note_sealed",
  row: decisionId,
});

/** What a member wrote beside a decision may name a patient. */
export function sealNote(organisationId: string, decisionId: string, note: string): Uint8Array<ArrayBuffer> {
  return seal(note, notePlace(organisationId, decisionId));
}

function openNote(organisationId: string, decisionId: string, sealed: Uint8Array): string {
  return unseal(sealed, notePlace(organisationId, decisionId)).toString("utf8");
}
