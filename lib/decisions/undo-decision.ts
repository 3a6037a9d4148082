import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import type { DecisionKind, DecisionView } from "#lib/orders/order-schema.ts";
import { statusAfter } from "#lib/orders/order-states.ts";
import { recordOrderAct } from "#lib/orders/record-order-act.ts";
import { toDecisionView } from "./to-decision-view.ts";

/**
 * Takes a decision back that has not left yet. Whether it has is decided in the row itself: this and the try that sends it each
 * change it only as they found it, so one of them comes second and does nothing. Taking back twice is one taking back.
 * @throws {AppError} forbidden; not_found, also for another organisation's; decision_left
 */
export async function undoDecision(
  principal: Principal,
  decisionId: string,
  clock: Clock = systemClock,
): Promise<DecisionView> {
  requirePermission(principal, "decide");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const found = await tx.decision.findFirst({ where: { id: decisionId, organisationId } });
    if (!found) throw new AppError("not_found");
    const names = await namesOfMembers(tx, [found.requestedBy]);
    if (found.state === "undone") return toDecisionView(found, names);
    const now = clock.now();
    const undone = { state: "undone", closedAt: now, confirmedAt: null };
    const { count } = await tx.decision.updateMany({
      where: {
        id: decisionId,
        organisationId,
        sentAt: null,
        // One that is only kept here never leaves: it can be taken back while it would have waited.
        ...(found.recordedOnly
          ? { state: "confirmed", leavesAt: { gt: now } }
          : { state: "requested", leavesAt: { not: null } }),
      },
      data: undone,
    });
    if (count === 0) throw new AppError("decision_left");
    if (found.recordedOnly) await putBack(tx, organisationId, found.orderId, found.kind as DecisionKind);
    const facts = { decisionId, kind: found.kind };
    await recordOrderAct(tx, principal, found.orderId, { action: "decision.undone", kind: "decision_undone", facts });
    await announce(tx, { organisationId, topic: "decision", id: decisionId });
    await announce(tx, { organisationId, topic: "order", id: found.orderId });
    return toDecisionView({ ...found, ...undone }, names);
  });
}

/** A decision kept here had changed what is shown; unless the vendor has said something since, the order is pending again. */
async function putBack(
  tx: TenantTransaction,
  organisationId: string,
  orderId: string,
  kind: DecisionKind,
): Promise<void> {
  await tx.order.updateMany({
    where: { id: orderId, organisationId, status: statusAfter(kind) },
    data: { status: "pending", version: { increment: 1 } },
  });
}
