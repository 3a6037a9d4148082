import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import type { ConnectionPortal } from "#lib/connections/connection-schema.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";

/** The scanner portals behind a collector's account, the lab's own accounts first. @throws {AppError} not_found */
export async function listPortals(principal: Principal, connectionId: string): Promise<{ items: ConnectionPortal[] }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const where = { id: connectionId, organisationId, state: { not: "disconnected" } };
    if ((await tx.connection.count({ where })) === 0) throw new AppError("not_found");
    const rows = await tx.vendorPortal.findMany({ where: { connectionId, organisationId }, orderBy: { key: "asc" } });
    const items = rows.map(({ key, name, kindName, lastFetchAt, axes, quantizationBits }) => ({
      key,
      name,
      kindName,
      lastFetchAt: lastFetchAt?.toISOString() ?? null,
      axes: axes.length === 3 ? axes.join(", ") : null,
      quantizationBits,
    }));
    return {
      items: [...items.filter((one) => one.kindName !== null), ...items.filter((one) => one.kindName === null)],
    };
  });
}
