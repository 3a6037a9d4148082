import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { requestDecision } from "#lib/decisions/request-decision.ts";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import { changeOrder } from "#lib/orders/change-order.ts";
import { ORDER_COLUMNS } from "#lib/orders/order-row.ts";
import type { DecisionView } from "#lib/orders/order-schema.ts";
import { whyNot } from "#lib/orders/order-states.ts";
import { situationOf } from "#lib/orders/to-order-view.ts";
import type { BulkBody, BulkResult } from "./bulk-schema.ts";

/**
 * One action on many orders, each for itself: what cannot be done to one never keeps another from it, and every order has a line of
 * its own in the answer, in the order asked. Sent again with the same key, a decision that was taken answers as it did.
 * @throws {AppError} forbidden; invalid_parameter when decisions come without an Idempotency-Key
 */
export async function actOnMany(
  principal: Principal,
  body: BulkBody,
  idempotencyKey: string | null,
  clock: Clock = systemClock,
): Promise<{ items: BulkResult[] }> {
  requirePermission(principal, "decide");
  const orderIds = [...new Set(body.orderIds)];
  if ("preview" in body && body.preview) return { items: await preview(principal, orderIds, body.action) };
  if ("preview" in body) requireKey(idempotencyKey);
  const items: BulkResult[] = [];
  for (const orderId of orderIds)
    items.push(await resultOf(orderId, () => actOnOne(principal, orderId, body, idempotencyKey, clock)));
  return { items };
}

async function actOnOne(
  principal: Principal,
  orderId: string,
  body: BulkBody,
  key: string | null,
  clock: Clock,
): Promise<DecisionView | null> {
  if (body.action === "assign") {
    await changeOrder(principal, orderId, { assigneeId: body.assigneeId });
    return null;
  }
  if (body.action === "tag") {
    await changeOrder(principal, orderId, { addTags: body.tags });
    return null;
  }
  const { action: kind, reason, note } = body;
  const request = { orderId, kind, body: { reason, note }, idempotencyKey: `${key}:${orderId}` };
  return requestDecision(principal, request, clock);
}

/** A refusal is a result; anything else is a fault and ends the request. */
async function resultOf(orderId: string, work: () => Promise<DecisionView | null>): Promise<BulkResult> {
  try {
    return { orderId, outcome: "done", code: null, decision: await work() };
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    return refused(orderId, error.code);
  }
}

async function preview(
  principal: Principal,
  orderIds: string[],
  kind: "accept" | "reject" | "cancel",
): Promise<BulkResult[]> {
  const { organisationId } = principal;
  const rows = await withOrganisation(organisationId, (tx) =>
    tx.order.findMany({ where: { organisationId, id: { in: orderIds } }, select: ORDER_COLUMNS }),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return orderIds.map((orderId) => {
    const row = byId.get(orderId);
    const code = row ? whyNot(kind, situationOf(row, principal)) : "not_found";
    return code ? refused(orderId, code) : { orderId, outcome: "possible", code: null, decision: null };
  });
}

function refused(orderId: string, code: ErrorCode): BulkResult {
  return { orderId, outcome: "refused", code, decision: null };
}

function requireKey(key: string | null): void {
  if (key && key.length <= 120) return;
  throw new AppError("invalid_parameter", "decisions on many orders need a key", {
    invalidParams: [{ name: "Idempotency-Key", reason: "must be given, at most 120 characters" }],
    facts: { name: "Idempotency-Key" },
  });
}
