import type { Principal } from "#lib/access/principal.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";

/** Files of an order left the portal: a line in the audit trail and in the order's history. Facts are ids and codes. */
export async function recordDownload(
  tx: TenantTransaction,
  principal: Principal,
  orderId: string,
  facts: Record<string, string>,
): Promise<void> {
  const { organisationId, userId } = principal;
  await appendAudit(tx, {
    organisationId,
    actorId: userId,
    action: "order.downloaded",
    subjectType: "order",
    subjectId: orderId,
    facts: { ...facts, via: principal.via },
  });
  // Whoever takes the files away has what changed.
  await tx.order.updateMany({
    where: { id: orderId, organisationId, changedAt: { not: null } },
    data: { changedAt: null },
  });
  await recordOrderEvent(tx, { organisationId, orderId, kind: "downloaded", actorId: userId, facts });
}
