import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { findLink, toLinkView } from "#lib/appointments/appointment-of-order.ts";
import type { OrderAppointment } from "#lib/appointments/appointment-schema.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { readOrderForChart } from "#lib/documents/chart-of-order.ts";
import { listVendors } from "#lib/vendors/registry.ts";

/**
 * The appointment of an order as it was last read, and the accounts whose appointments can be looked through. No vendor is asked.
 * @throws {AppError} forbidden, not_found; action_not_available for a lab's order: appointments are the clinic's
 */
export async function readAppointment(principal: Principal, orderId: string): Promise<OrderAppointment> {
  requirePermission(principal, "read");
  const order = await readOrderForChart(principal, orderId);
  const { organisationId } = principal;
  const vendors = new Map(listVendors().flatMap(({ id, name, appointments }) => (appointments ? [[id, name]] : [])));
  return withOrganisation(organisationId, async (tx) => {
    const rows = await tx.connection.findMany({
      where: { organisationId, vendor: { in: [...vendors.keys()] }, state: { not: "disconnected" } },
      select: { id: true, vendor: true, account: true },
      orderBy: { createdAt: "asc" },
    });
    const link = await findLink(tx, principal, orderId);
    return {
      connections: rows.map(({ id, vendor, account }) => ({ id, account, vendorName: vendors.get(vendor) ?? vendor })),
      link: link && (await toLinkView(tx, link, order)),
    };
  });
}
