import type { TenantTransaction } from "#lib/database/with-organisation.ts";

/** The id of the row that an order is shown as: its own, or its twin's. An id that is not here comes back as it is. */
export async function shownOrderId(tx: TenantTransaction, organisationId: string, orderId: string): Promise<string> {
  const row = await tx.order.findFirst({ where: { id: orderId, organisationId }, select: { twinOfId: true } });
  return row?.twinOfId ?? orderId;
}
