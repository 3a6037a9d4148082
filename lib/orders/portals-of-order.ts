import type { VendorPortal } from "#generated/prisma/client.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";

export const PORTAL_PLACE = { organisationId: true, connectionId: true, portalKeys: true } as const;
export type OrderOfPortal = { organisationId: string; connectionId: string; portalKeys: string[] };

/** The scanner portals that a collector's order names: the kind of portal, and the lab's account there. */
export async function portalsOfOrder(tx: TenantTransaction, order: OrderOfPortal): Promise<VendorPortal[]> {
  const { organisationId, connectionId, portalKeys } = order;
  if (portalKeys.length === 0) return [];
  return tx.vendorPortal.findMany({ where: { organisationId, connectionId, key: { in: portalKeys } } });
}
