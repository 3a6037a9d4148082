import type { DecisionKind } from "#lib/orders/order-schema.ts";

/** Keys of the sentences about a decision, in the namespace `decisions`. */
export const DECISION_WORDS = {
  accept: { action: "accept", short: "acceptShort", title: "acceptTitle", sent: "acceptSent" },
  reject: { action: "reject", short: "rejectShort", title: "rejectTitle", sent: "rejectSent" },
  cancel: { action: "cancel", short: "cancelShort", title: "cancelTitle", sent: "cancelSent" },
} as const satisfies Record<DecisionKind, unknown>;

/** The actions of an order that are decisions; an API may name more than this page knows. */
export function decisionsOf(actions: readonly string[]): DecisionKind[] {
  return actions.filter((action): action is DecisionKind => action in DECISION_WORDS);
}
