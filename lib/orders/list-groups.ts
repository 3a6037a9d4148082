import { z } from "zod";
import { Prisma } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { amongFound } from "#lib/orders/found-orders.ts";
import { forReader } from "#lib/orders/list-orders.ts";
import { filtersOf } from "#lib/orders/order-page-query.ts";
import { listOrdersQuerySchema } from "#lib/orders/order-schema.ts";
import { tokensForQuery } from "#lib/orders/search-tokens.ts";
import { viewCondition, viewFrame } from "#lib/views/view-condition.ts";

/** The query of `GET /api/orders/groups`: the list's own filters, and by what it is grouped. */
export const listGroupsQuerySchema = listOrdersQuerySchema
  .omit({ sort: true, cursor: true, limit: true })
  .extend({ by: z.enum(["due", "clinic"]) });
export type ListGroupsQuery = z.infer<typeof listGroupsQuerySchema>;

export const orderGroupSchema = z.object({
  /** A day (YYYY-MM-DD) or a clinic's id; null for orders without one. */
  key: z.string().nullable(),
  count: z.number().int(),
});
export type OrderGroup = z.infer<typeof orderGroupSchema>;

/** How many orders of a list stand under each due day or clinic; the most recent days or the largest clinics, at most 2000. */
export async function listGroups(
  principal: Principal,
  { by, ...given }: ListGroupsQuery,
  clock: Clock = systemClock,
): Promise<{ items: OrderGroup[] }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const query = forReader({ ...given, limit: 1 }, principal);
  const tokens = query.q ? tokensForQuery(organisationId, query.q) : [];
  const column = by === "due" ? Prisma.sql`due_on` : Prisma.sql`clinic_id`;
  return withOrganisation(organisationId, async (tx) => {
    const inView = query.view && viewCondition(query.view, await viewFrame(tx, principal, clock.now()));
    const where = Prisma.join(filtersOf(organisationId, query, inView), " AND ");
    const groups = Prisma.sql`
      SELECT ${column}::text AS key, count(*)::int AS count FROM orders WHERE ${where}
      GROUP BY ${column} ORDER BY ${by === "due" ? Prisma.sql`due_on DESC` : Prisma.sql`2 DESC`} LIMIT 2000`;
    return { items: await tx.$queryRaw<OrderGroup[]>(amongFound(tokens, groups)) };
  });
}
