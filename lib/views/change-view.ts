import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { mayChangeView, toSavedView } from "./save-view.ts";
import type { ChangeViewBody, SavedViewItem } from "./saved-view-schema.ts";
import { openView, sealView } from "./seal-view.ts";

/**
 * Renames a view, shares it or not, or has it keep other filters or columns.
 * @throws {AppError} not_found for another member's private one; forbidden for a shared one of somebody else
 */
export async function changeView(
  principal: Principal,
  viewId: string,
  body: ChangeViewBody,
  clock: Clock = systemClock,
): Promise<SavedViewItem> {
  if (body.shared) requirePermission(principal, "decide");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const row = await findEditable(tx, principal, viewId);
    const content = openView(organisationId, viewId, row.contentSealed);
    const next = {
      name: body.name ?? content.name,
      filters: body.filters ?? content.filters,
      columns: body.columns === undefined ? content.columns : body.columns,
    };
    const changed = await tx.savedView.update({
      where: { id: viewId, organisationId },
      data: { shared: body.shared ?? row.shared, contentSealed: sealView(organisationId, viewId, next) },
    });
    return toSavedView(tx, principal, changed, next, clock);
  });
}

/** @throws {AppError} not_found, forbidden as above */
export async function removeView(principal: Principal, viewId: string): Promise<void> {
  const { organisationId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    await findEditable(tx, principal, viewId);
    await tx.savedView.delete({ where: { id: viewId, organisationId } });
  });
}

async function findEditable(tx: TenantTransaction, principal: Principal, viewId: string) {
  requirePermission(principal, "read");
  const { organisationId, userId } = principal;
  const row = await tx.savedView.findFirst({
    where: { id: viewId, organisationId, OR: [{ ownerId: userId }, { shared: true }] },
  });
  if (!row) throw new AppError("not_found");
  if (!mayChangeView(principal, row)) throw new AppError("forbidden");
  return row;
}
