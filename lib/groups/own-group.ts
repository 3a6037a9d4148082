import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { type GroupPlace, profileOf } from "#lib/groups/ask-group.ts";
import type { GroupProfile } from "#lib/groups/group-schema.ts";

/** How this organisation presents itself at a vendor. @throws {AppError} forbidden; not_found */
export async function getOwnGroup(principal: Principal, connectionId: string): Promise<GroupProfile> {
  const { place, name, side } = await ownGroupPlace(principal, connectionId);
  const known = { name, kind: side as GroupProfile["kind"], contact: null };
  return profileOf(place, known, (kind) => `/api/connections/${connectionId}/pictures/${kind}`);
}

/** @throws {AppError} forbidden; not_found */
export async function ownGroupPlace(
  principal: Principal,
  connectionId: string,
): Promise<{ place: GroupPlace | null; name: string; side: string; vendor: string }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const row = await withOrganisation(organisationId, (tx) =>
    tx.connection.findFirst({ where: { id: connectionId, organisationId, state: { not: "disconnected" } } }),
  );
  if (!row) throw new AppError("not_found");
  const { groupKey, groupName, account, side, vendor } = row;
  return {
    place: groupKey ? { organisationId, connectionId, key: groupKey } : null,
    name: groupName ?? account,
    side,
    vendor,
  };
}
