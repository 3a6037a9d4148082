import { withSession } from "#lib/connections/with-session.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log/log.ts";
import { importOrders } from "#lib/orders/import-orders.ts";
import { VendorError } from "#lib/vendors/error.ts";

/**
 * Reads one order whole at its vendor and keeps it. An order that is gone there, or whose connection waits for a person, stays
 * as it is.
 * @throws {VendorError} when the vendor cannot be asked now
 */
export async function refreshOrder(organisationId: string, orderId: string, signal?: AbortSignal): Promise<void> {
  const order = await withOrganisation(organisationId, (tx) =>
    tx.order.findFirst({ where: { id: orderId, organisationId }, include: { connection: true } }),
  );
  if (order?.connection.state !== "connected") return;
  const { connection, number, receivedAt } = order;
  const fetchStartedAt = new Date();
  try {
    const whole = await withSession(
      connection.id,
      organisationId,
      async (session, vendor) => vendor.orders?.get(session, number, receivedAt),
      { signal },
    );
    if (!whole) return;
    await withOrganisation(organisationId, (tx) => importOrders(tx, connection, [whole], { fetchStartedAt }));
  } catch (error) {
    const isParked = error instanceof AppError && error.code === "reconnect_needed";
    const isGone = error instanceof VendorError && error.kind === "not_found";
    if (!isParked && !isGone) throw error;
    log.info({ orderId, err: error }, "order not refreshed");
  }
}
