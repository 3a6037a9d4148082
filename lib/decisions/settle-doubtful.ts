import { appendAudit } from "#lib/audit/append-audit.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { announce } from "#lib/events/announce.ts";
import type { DecisionKind, OrderStatus } from "#lib/orders/order-schema.ts";
import { outcomeOf } from "#lib/orders/order-states.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";

/** An order as a read of its vendor showed it. */
export type ReadOrder = { id: string; status: string; updatedAt: Date | null };

/** Clear refusals: the vendor did nothing, whatever it shows later. */
const CLEAR = ["vendor_refused", "vendor_scope_missing", "action_not_available"];
/** Vendors' clocks and ours may differ by this much, ms. */
const CLOCKS_MS = 2 * 60_000;

/**
 * A decision that was given up at its deadline may have reached the vendor after all. When a later read shows the order as it
 * was wished, the journal and the history say so; `elsewhere` when the vendor changed the order only after we had given up.
 */
export async function settleDoubtful(
  tx: TenantTransaction,
  organisationId: string,
  orders: readonly ReadOrder[],
  now: Date,
): Promise<void> {
  if (orders.length === 0) return;
  const byId = new Map(orders.map((order) => [order.id, order]));
  const last = await tx.decision.findMany({
    where: { organisationId, orderId: { in: [...byId.keys()] }, state: { not: "undone" } },
    orderBy: [{ orderId: "asc" }, { requestedAt: "desc" }],
    distinct: ["orderId"],
  });
  for (const { id, orderId, kind, state, sentAt, closedAt, problem, requestedBy } of last) {
    const order = byId.get(orderId)!;
    if (state !== "failed" || !sentAt || CLEAR.includes(problem ?? "")) continue;
    if (outcomeOf(kind as DecisionKind, order.status as OrderStatus) !== "as_wished") continue;
    const { count } = await tx.decision.updateMany({
      where: { id, organisationId, state: "failed" },
      data: { state: "confirmed", confirmedAt: now, problem: null },
    });
    if (count === 0) continue;
    const gaveUpAt = (closedAt ?? sentAt).getTime() + CLOCKS_MS;
    const facts = { decisionId: id, kind, late: true, elsewhere: (order.updatedAt?.getTime() ?? 0) > gaveUpAt };
    await appendAudit(tx, {
      organisationId,
      actorId: null,
      action: "decision.confirmed",
      subjectType: "order",
      subjectId: orderId,
      facts: { ...facts, requestedBy },
    });
    await recordOrderEvent(tx, { organisationId, orderId, kind: "decision_confirmed", facts });
    await announce(tx, { organisationId, topic: "decision", id });
  }
}
