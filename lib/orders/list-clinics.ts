import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";

/** The clinics that orders came from, by name: what the inbox offers as a filter. */
export async function listClinics(
  principal: Principal,
): Promise<{ items: { id: string; name: string; vendor: string }[] }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => ({
    items: await tx.vendorGroup.findMany({
      where: { organisationId, kind: "clinic" },
      select: { id: true, name: true, vendor: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: 5_000,
    }),
  }));
}
