import { may, type Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { newId } from "#lib/database/new-id.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { countSaved } from "./count-saved.ts";
import type { SavedViewItem, SaveViewBody } from "./saved-view-schema.ts";
import { sealView } from "./seal-view.ts";

/** Every view is counted whenever the inbox is opened. */
const MOST_VIEWS = 40;

/**
 * Keeps the inbox as it is now under a name.
 * @throws {AppError} forbidden, also when a viewer shares; invalid_body beyond 40 views of one's own
 */
export async function saveView(
  principal: Principal,
  { name, filters, columns, shared }: SaveViewBody,
  clock: Clock = systemClock,
): Promise<SavedViewItem> {
  requirePermission(principal, "read");
  if (shared) requirePermission(principal, "decide");
  const { organisationId, userId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    if ((await tx.savedView.count({ where: { organisationId, ownerId: userId } })) >= MOST_VIEWS)
      throw new AppError("invalid_body", "too many views", {
        invalidParams: [{ name: "name", reason: `more than ${MOST_VIEWS} views` }],
        facts: { name: "name" },
      });
    const id = newId();
    const contentSealed = sealView(organisationId, id, { name, filters, columns });
    const row = await tx.savedView.create({ data: { id, organisationId, ownerId: userId, shared, contentSealed } });
    return toSavedView(tx, principal, row, { name, filters, columns }, clock);
  });
}

/** A row as the HTTP surface gives it. */
export async function toSavedView(
  tx: TenantTransaction,
  principal: Principal,
  row: { id: string; ownerId: string; shared: boolean },
  content: Pick<SaveViewBody, "name" | "filters" | "columns">,
  clock: Clock,
): Promise<SavedViewItem> {
  return {
    id: row.id,
    ...content,
    shared: row.shared,
    editable: mayChangeView(principal, row),
    ...(await countSaved(tx, principal, content.filters, clock)),
  };
}

/** One's own; and what is shared also by an admin, who tidies up behind those who left. */
export function mayChangeView(
  { userId, role }: Principal,
  { ownerId, shared }: { ownerId: string; shared: boolean },
): boolean {
  return ownerId === userId || (shared && may(role, "administer"));
}
