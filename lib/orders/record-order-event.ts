import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import type { OrderEventView } from "#lib/orders/order-schema.ts";

/** Adds a line to an order's history, in the transaction of what it tells about. Facts are ids, codes and dates only. */
export async function recordOrderEvent(
  tx: TenantTransaction,
  event: {
    organisationId: string;
    orderId: string;
    kind: string;
    /** null: the portal itself, or the vendor */
    actorId?: string | null;
    facts?: OrderEventView["facts"];
  },
): Promise<void> {
  await tx.orderEvent.create({ data: { ...event, actorId: event.actorId ?? null, facts: event.facts ?? {} } });
}
