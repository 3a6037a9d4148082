import { appendAudit } from "#lib/audit/append-audit.ts";
import type { Clock } from "#lib/clock.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import type { ClaimedDecision } from "#lib/decisions/claim-decision.ts";
import { nextTryAt } from "#lib/decisions/decision-pace.ts";
import { announce } from "#lib/events/announce.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import { importOrders } from "#lib/orders/import-orders.ts";
import type { DecisionView } from "#lib/orders/order-schema.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";
import type { VendorOrder } from "#lib/vendors/vendor.ts";

/** Done: the vendor shows the order as wished. `elsewhere` when somebody at the vendor had done the same before us. */
export async function confirmDecision(
  decision: ClaimedDecision,
  order: VendorOrder,
  readAt: Date,
  elsewhere: boolean,
  clock: Clock,
): Promise<void> {
  await close(decision, clock, { state: "confirmed", confirmedAt: clock.now(), problem: null }, { elsewhere }, (tx) =>
    takeOver(tx, decision, order, readAt),
  );
}

/** Not done: the vendor shows that the order was decided otherwise. */
export async function conflictDecision(
  decision: ClaimedDecision,
  order: VendorOrder,
  readAt: Date,
  clock: Clock,
): Promise<void> {
  const conflict = {
    status: order.status,
    vendorStatus: order.vendorStatus,
    at: order.updatedAt?.toISOString() ?? null,
  } satisfies DecisionView["conflict"];
  await close(
    decision,
    clock,
    { state: "conflict", conflict, problem: "order_already_decided" },
    { status: order.status, vendorStatus: order.vendorStatus },
    (tx) => takeOver(tx, decision, order, readAt),
  );
}

/** Not done, and not tried any more. */
export async function failDecision(decision: ClaimedDecision, problem: string, clock: Clock): Promise<void> {
  await close(decision, clock, { state: "failed", problem }, { problem });
}

/** Not done yet: another try after a pause, at the earliest after what the vendor asked for. */
export async function postponeDecision(
  decision: ClaimedDecision,
  problem: string,
  retryAfterMs: number,
  clock: Clock,
): Promise<void> {
  const { organisationId, id, attempts } = decision;
  await withOrganisation(organisationId, async (tx) => {
    const { count } = await tx.decision.updateMany({
      where: { id, organisationId, state: "sending", attempts },
      data: { state: "requested", problem },
    });
    if (count === 0) return;
    const due = nextTryAt({ ...decision, state: "requested" }).getTime();
    const startAfter = new Date(Math.max(due, clock.now().getTime() + retryAfterMs));
    await enqueue(tx, "carry-out-decision", { organisationId, decisionId: id }, { startAfter });
    await announce(tx, { organisationId, topic: "decision", id });
  });
}

/** The order as the vendor shows it now. */
async function takeOver(tx: TenantTransaction, decision: ClaimedDecision, order: VendorOrder, readAt: Date) {
  await importOrders(tx, decision.order.connection, [order], { fetchStartedAt: readAt });
}

/** Closes a decision once, with its line in the audit trail and in the order's history. */
async function close(
  decision: ClaimedDecision,
  clock: Clock,
  end: { state: "confirmed" | "conflict" | "failed"; problem: string | null; confirmedAt?: Date; conflict?: object },
  facts: Record<string, string | boolean>,
  before?: (tx: TenantTransaction) => Promise<void>,
): Promise<void> {
  const { organisationId, id, orderId, kind, requestedBy } = decision;
  await withOrganisation(organisationId, async (tx) => {
    const { count } = await tx.decision.updateMany({
      where: { id, organisationId, state: { in: ["requested", "sending"] } },
      data: { ...end, closedAt: clock.now() },
    });
    if (count === 0) return;
    await before?.(tx);
    const told = { decisionId: id, kind, ...facts };
    await appendAudit(tx, {
      organisationId,
      actorId: null,
      action: `decision.${end.state}`,
      subjectType: "order",
      subjectId: orderId,
      facts: { ...told, requestedBy },
    });
    await recordOrderEvent(tx, { organisationId, orderId, kind: `decision_${end.state}`, facts: told });
    await announce(tx, { organisationId, topic: "decision", id });
    await announce(tx, { organisationId, topic: "order", id: orderId });
  });
}
