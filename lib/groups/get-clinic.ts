import type { VendorGroup } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { type GroupPlace, profileOf } from "#lib/groups/ask-group.ts";
import type { ClinicView, GroupProfile } from "#lib/groups/group-schema.ts";
import { openContact } from "#lib/orders/seal-order.ts";
import { findVendor } from "#lib/vendors/registry.ts";

/**
 * The other side of orders: how to reach it, as the vendor shows it now or as orders brought it, and how many orders there are.
 * @throws {AppError} forbidden; not_found, also for another organisation's
 */
export async function getClinic(principal: Principal, id: string): Promise<ClinicView> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const { row, place, orders } = await withOrganisation(organisationId, async (tx) => {
    const found = await readGroupRow(tx, organisationId, id);
    return { ...found, orders: await countOrders(tx, found.row) };
  });
  const contact = row.contactSealed ? openContact(organisationId, row.id, row.contactSealed) : null;
  const known = { name: row.name, kind: row.kind as GroupProfile["kind"], contact };
  const profile = await profileOf(place, known, (kind) => `/api/clinics/${id}/pictures/${kind}`);
  return { id, vendor: row.vendor, vendorName: findVendor(row.vendor)?.name ?? row.vendor, ...profile, orders };
}

/** The row of a group, and the account its vendor can be asked through; null where none is connected. @throws not_found */
export async function readGroupRow(
  tx: TenantTransaction,
  organisationId: string,
  id: string,
): Promise<{ row: VendorGroup; place: GroupPlace | null }> {
  const row = await tx.vendorGroup.findFirst({ where: { id, organisationId } });
  if (!row) throw new AppError("not_found");
  const connection = findVendor(row.vendor)?.group
    ? await tx.connection.findFirst({
        where: { organisationId, vendor: row.vendor, state: "connected" },
        orderBy: { createdAt: "asc" },
        select: { id: true },
      })
    : null;
  return { row, place: connection && { organisationId, connectionId: connection.id, key: row.key } };
}

async function countOrders(tx: TenantTransaction, { id, organisationId }: VendorGroup): Promise<ClinicView["orders"]> {
  const [row] = await tx.$queryRaw<{ total: number; open: number; last: Date | null }[]>`
    SELECT count(*)::int AS total, max(received_at) AS last,
      count(*) FILTER (WHERE status IN ('pending', 'accepted', 'in_production'))::int AS open
    FROM orders
    WHERE organisation_id = ${organisationId}::uuid AND (clinic_id = ${id}::uuid OR lab_id = ${id}::uuid) AND twin_of IS NULL`;
  return { total: row?.total ?? 0, open: row?.open ?? 0, lastReceivedAt: row?.last?.toISOString() ?? null };
}
