import { z } from "zod";
import { Prisma } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { MOST_COUNTED } from "#lib/orders/order-values.ts";
import { toSavedView } from "./save-view.ts";
import { type SavedViewItem, savedViewSchema } from "./saved-view-schema.ts";
import { openView } from "./seal-view.ts";
import { viewCondition, viewFrame } from "./view-condition.ts";
import { VIEWS } from "./view-names.ts";

export const viewSchema = z.object({
  name: z.enum(VIEWS),
  /** Orders in the view now, at most 1000: then there may be more. */
  count: z.number().int(),
});
export type ViewCount = z.infer<typeof viewSchema>;

export const viewListSchema = z.object({
  items: z.array(viewSchema),
  /** Views that this member keeps, and those that others share; the oldest first. */
  saved: z.array(savedViewSchema),
});
export type ViewList = z.infer<typeof viewListSchema>;

/** The views of the inbox with how many orders each has now. `GET /api/orders?view=` lists them. @throws {AppError} forbidden */
export async function listViews(principal: Principal, clock: Clock = systemClock): Promise<ViewList> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  // The one does not wait for the other: the bar is drawn when both are counted.
  const [items, saved] = await Promise.all([
    withOrganisation(organisationId, (tx) => countViews(tx, principal, clock)),
    withOrganisation(organisationId, (tx) => listSaved(tx, principal, clock)),
  ]);
  return { items, saved };
}

async function countViews(tx: TenantTransaction, principal: Principal, clock: Clock): Promise<ViewCount[]> {
  const { organisationId } = principal;
  const frame = await viewFrame(tx, principal, clock.now());
  const counts = VIEWS.map(
    (view) => Prisma.sql`SELECT ${view} AS name, (SELECT count(*)::int FROM (
      SELECT 1 FROM orders
      WHERE organisation_id = ${organisationId}::uuid AND twin_of IS NULL AND ${viewCondition(view, frame)}
      LIMIT ${MOST_COUNTED}) AS found) AS count`,
  );
  return tx.$queryRaw<ViewCount[]>(Prisma.join(counts, " UNION ALL "));
}

async function listSaved(tx: TenantTransaction, principal: Principal, clock: Clock): Promise<SavedViewItem[]> {
  const { organisationId, userId } = principal;
  const rows = await tx.savedView.findMany({
    where: { organisationId, OR: [{ ownerId: userId }, { shared: true }] },
    orderBy: { id: "asc" },
    take: 100,
  });
  const items: SavedViewItem[] = [];
  for (const row of rows)
    items.push(await toSavedView(tx, principal, row, openView(organisationId, row.id, row.contentSealed), clock));
  return items;
}
