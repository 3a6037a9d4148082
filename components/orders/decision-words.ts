import type { DecisionKind } from "#lib/orders/order-schema.ts";

/** Keys of the sentences about a decision, in the namespace `decisions`. */
export const DECISION_WORDS = {
  accept: { action: "accept", short: "acceptShort", title: "acceptTitle", sent: "acceptSent" },
  reject: { action: "reject", short: "rejectShort", title: "rejectTitle", sent: "rejectSent" },
  cancel: { action: "cancel", short: "cancelShort", title: "cancelTitle", sent: "cancelSent" },
} as const satisfies Record<DecisionKind, unknown>;

/** Why an order is rejected. The code is kept; it is never renumbered. */
export const REJECT_REASONS = [
  { code: "missing_scan", label: "reasonMissingScan" },
  { code: "scan_quality", label: "reasonScanQuality" },
  { code: "prescription", label: "reasonPrescription" },
  { code: "date", label: "reasonDate" },
  { code: "commercial", label: "reasonCommercial" },
  { code: "other", label: "reasonOther" },
] as const;

/** The actions of an order that are decisions; an API may name more than this page knows. */
export function decisionsOf(actions: readonly string[]): DecisionKind[] {
  return actions.filter((action): action is DecisionKind => action in DECISION_WORDS);
}
