import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import type { ChangeOrderBody } from "#lib/orders/order-schema.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";
import { shownOrderId } from "#lib/orders/shown-order-id.ts";
import { addTags, setTags } from "#lib/tags/set-tags.ts";

/**
 * What the organisation notes of an order for itself: who works on it, its tags, that a change has been seen. No vendor hears of it.
 * @throws {AppError} forbidden, not_found, invalid_body for an assignee who is no member
 */
export async function changeOrder(principal: Principal, orderId: string, body: ChangeOrderBody): Promise<void> {
  requirePermission(principal, "decide");
  await withOrganisation(principal.organisationId, (tx) => changeOrderWithin(tx, principal, orderId, body));
}

export async function changeOrderWithin(
  tx: TenantTransaction,
  principal: Principal,
  orderId: string,
  body: ChangeOrderBody,
): Promise<void> {
  const { organisationId, userId } = principal;
  const id = await shownOrderId(tx, organisationId, orderId);
  const order = await tx.order.findFirst({ where: { id, organisationId }, select: { assigneeId: true } });
  if (!order) throw new AppError("not_found");
  if (body.assigneeId !== undefined && body.assigneeId !== order.assigneeId) {
    if (body.assigneeId) await requireColleague(tx, organisationId, body.assigneeId);
    await tx.order.update({ where: { id, organisationId }, data: { assigneeId: body.assigneeId } });
    await recordOrderEvent(tx, {
      organisationId,
      orderId: id,
      kind: body.assigneeId ? "assigned" : "unassigned",
      actorId: userId,
      facts: { assigneeId: body.assigneeId },
    });
  }
  if (body.tags) await setTags(tx, organisationId, id, body.tags);
  if (body.addTags) await addTags(tx, organisationId, id, body.addTags);
  if (body.changeSeen) await tx.order.update({ where: { id, organisationId }, data: { changedAt: null } });
  await appendAudit(tx, {
    organisationId,
    actorId: userId,
    action: "order.noted",
    subjectType: "order",
    subjectId: id,
    facts: { changed: Object.keys(body).sort().join(" "), via: principal.via },
  });
  await announce(tx, { organisationId, topic: "order", id });
}

async function requireColleague(tx: TenantTransaction, organisationId: string, userId: string): Promise<void> {
  const member = await tx.member.findFirst({ where: { organisationId, userId }, select: { id: true } });
  if (member) return;
  throw new AppError("invalid_body", "the assignee is no member", {
    invalidParams: [{ name: "assigneeId", reason: "is no member of this organisation" }],
    facts: { name: "assigneeId" },
  });
}
