import type { Principal } from "#lib/access/principal.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import type { AuditAction } from "#lib/audit/audit-actions.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import type { OrderEventView } from "#lib/orders/order-schema.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";

/** What a member did with an order: a line in the audit trail and one in the order's history. Facts are ids, codes and dates only. */
export async function recordOrderAct(
  tx: TenantTransaction,
  principal: Principal,
  orderId: string,
  act: { action: AuditAction; kind: string; facts: OrderEventView["facts"] },
): Promise<void> {
  const { organisationId, userId: actorId, via } = principal;
  const { action, kind, facts } = act;
  await appendAudit(tx, {
    organisationId,
    actorId,
    action,
    subjectType: "order",
    subjectId: orderId,
    facts: { ...facts, via },
  });
  await recordOrderEvent(tx, { organisationId, orderId, kind, actorId, facts });
}
