import { may, type Role } from "#lib/access/principal.ts";
import type { ErrorCode } from "#lib/errors.ts";
import type { DecisionKind, OrderStatus, Side } from "#lib/orders/order-schema.ts";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import { lacksScope } from "#lib/vendors/lacks-scope.ts";
import type { Capabilities } from "#lib/vendors/vendor.ts";

/** All that decides what a member may do with an order now. */
export type OrderSituation = {
  status: OrderStatus;
  side: Side;
  role: Role;
  hasOpenDecision: boolean;
  /** A confirmed decision on a row that turned out to be the same order; `isSent`: a vendor carried it out. */
  decidedElsewhere?: { kind: DecisionKind; isSent: boolean } | null;
  /** The connector's; undefined for a vendor that is not registered any more. */
  capabilities: Capabilities | undefined;
  endpoints: readonly Endpoint[];
  connection: { state: string; missingScopes: readonly string[] };
};

export type OrderActions = {
  actions: DecisionKind[];
  /** An action that this side normally has, and why it is missing now. */
  unavailable: Partial<Record<DecisionKind, ErrorCode>>;
};

/** Where each decision leads. All of them start from "pending": a vendor answers 409 to anything later (MeditLink guide, orders). */
const LEADS_TO: Record<DecisionKind, readonly OrderStatus[]> = {
  accept: ["accepted", "in_production", "delivering", "completed"],
  reject: ["rejected"],
  cancel: ["cancelled"],
};

/** What a member may do with an order, and what is missing for the rest. Pure: the screen, the API and the journal ask here. */
export function actionsOf(situation: OrderSituation): OrderActions {
  const { capabilities, side } = situation;
  const answer: OrderActions = { actions: [], unavailable: {} };
  for (const kind of capabilities?.decisions[side] ?? []) {
    const hindrance = hindranceOf(kind, situation);
    if (hindrance) answer.unavailable[kind] = hindrance;
    else answer.actions.push(kind);
  }
  return answer;
}

/** Why this action cannot be taken now; null when it can. "action_not_available" when this side never has it. */
export function whyNot(kind: DecisionKind, situation: OrderSituation): ErrorCode | null {
  if (!situation.capabilities?.decisions[situation.side].includes(kind)) return "action_not_available";
  return hindranceOf(kind, situation);
}

function hindranceOf(kind: DecisionKind, situation: OrderSituation): ErrorCode | null {
  if (!may(situation.role, "decide")) return "forbidden";
  if (situation.hasOpenDecision) return "decision_in_progress";
  if (situation.status !== "pending") return "order_already_decided";
  // One order, one decision, whichever door it came in by. What was only recorded can be passed on (whyNotPassedOn).
  if (situation.decidedElsewhere) return "order_already_decided";
  if (situation.capabilities?.decisionMode === "recorded") return null;
  if (situation.connection.state !== "connected") return "reconnect_needed";
  if (isScopeMissing(kind, situation)) return "vendor_scope_missing";
  return null;
}

/**
 * The decision that was recorded by another way, before this vendor's order came: it can still be told to this vendor, once, and
 * is no new decision. Null when there is none, or its vendor was told.
 */
export function recordedElsewhere({ decidedElsewhere, capabilities, side }: OrderSituation): DecisionKind | null {
  if (!decidedElsewhere || decidedElsewhere.isSent || capabilities?.decisionMode !== "sent") return null;
  return capabilities.decisions[side].includes(decidedElsewhere.kind) ? decidedElsewhere.kind : null;
}

/** Why a recorded decision cannot be passed on now; null when it can. */
export function whyNotPassedOn(situation: OrderSituation): ErrorCode | null {
  const kind = recordedElsewhere(situation);
  return kind ? hindranceOf(kind, { ...situation, decidedElsewhere: null }) : "action_not_available";
}

function isScopeMissing(kind: DecisionKind, { endpoints, connection }: OrderSituation): boolean {
  const decision = endpoints.find((endpoint) => endpoint.decides === kind);
  return lacksScope(decision, connection.missingScopes);
}

/** How an order stands towards a decision: what was asked for, untouched, or something else. */
export function outcomeOf(kind: DecisionKind, status: OrderStatus): "as_wished" | "pending" | "otherwise" {
  if (LEADS_TO[kind].includes(status)) return "as_wished";
  return status === "pending" ? "pending" : "otherwise";
}

/** The status right after a decision was carried out. */
export function statusAfter(kind: DecisionKind): OrderStatus {
  return LEADS_TO[kind][0]!;
}

/**
 * The status to show where Casebench keeps the decision because the vendor takes none: our decision stands while the vendor
 * still says "pending"; as soon as the vendor says anything else, the vendor is right.
 */
export function statusWithRecorded(vendorSays: OrderStatus, recorded: DecisionKind | null): OrderStatus {
  return recorded && vendorSays === "pending" ? statusAfter(recorded) : vendorSays;
}
