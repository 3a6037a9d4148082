import { withSession } from "#lib/connections/with-session.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { log } from "#lib/log/log.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { findVendor } from "#lib/vendors/registry.ts";

type Place = { id: string; organisationId: string; vendor: string };

/**
 * Keeps a collector's scanner portals as it shows them now: names, last fetch, axes and bits. One that is gone is forgotten. That
 * the collector does not answer costs the names only, not the sync.
 */
export async function keepPortals({ id, organisationId, vendor }: Place, signal: AbortSignal): Promise<void> {
  const list = findVendor(vendor)?.portals;
  if (!list) return;
  try {
    const portals = await withSession(id, organisationId, list, { signal });
    const seenAt = new Date();
    await withOrganisation(organisationId, async (tx) => {
      for (const { key, axes, ...portal } of portals) {
        const data = { ...portal, axes: [...(axes ?? [])], seenAt };
        const place = { connectionId: id, key };
        await tx.vendorPortal.upsert({
          where: { connectionId_key: place, organisationId },
          create: { ...place, organisationId, ...data },
          update: data,
        });
      }
      await tx.vendorPortal.deleteMany({ where: { connectionId: id, organisationId, seenAt: { lt: seenAt } } });
    });
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    log.warn({ connectionId: id, vendor, kind: error.kind }, "connection: portals not read");
  }
}
