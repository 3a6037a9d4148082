import { Prisma } from "#generated/prisma/client.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { amongFound } from "#lib/orders/found-orders.ts";
import { filtersOf } from "#lib/orders/order-page-query.ts";
import type { ListOrdersQuery } from "#lib/orders/order-schema.ts";

type Counted = Omit<ListOrdersQuery, "sort" | "limit">;

/**
 * How many orders a list has: from the counters where they can tell (they know vendor, connection, status and completeness), row by
 * row otherwise. Orders of nobody are all of them without the few that are assigned.
 * @param atMost rows counted one by one end here
 */
export async function countOrders(
  tx: TenantTransaction,
  organisationId: string,
  query: Counted,
  tokens: bigint[],
  inView?: Prisma.Sql,
  atMost?: number,
): Promise<number> {
  const isBeyondCounters =
    inView || query.clinic || query.infoRequest || query.tag || query.dueBefore || query.dueAfter || tokens.length > 0;
  const isOfNobody = query.assignee?.length === 1 && query.assignee[0] === "none";
  if (isBeyondCounters || (query.assignee && !isOfNobody))
    return countRows(tx, tokens, filtersOf(organisationId, { ...query, limit: 1 }, inView), atMost);
  const counted = await countFromCounters(tx, organisationId, query);
  if (!isOfNobody) return atMost === undefined ? counted : Math.min(counted, atMost);
  const others = filtersOf(organisationId, { ...query, assignee: undefined, limit: 1 });
  const assigned = await countRows(tx, [], [...others, Prisma.sql`assignee_id IS NOT NULL`]);
  return Math.min(counted - assigned, atMost ?? Number.POSITIVE_INFINITY);
}

async function countRows(
  tx: TenantTransaction,
  tokens: readonly bigint[],
  where: Prisma.Sql[],
  atMost?: number,
): Promise<number> {
  const limit = atMost === undefined ? Prisma.empty : Prisma.sql`LIMIT ${atMost}`;
  const counted = Prisma.sql`
    SELECT count(*)::int AS n FROM (SELECT 1 FROM orders WHERE ${Prisma.join(where, " AND ")} ${limit}) AS found`;
  const [row] = await tx.$queryRaw<{ n: number }[]>(amongFound(tokens, counted));
  return row!.n;
}

async function countFromCounters(tx: TenantTransaction, organisationId: string, query: Counted): Promise<number> {
  const counted = await tx.orderCount.aggregate({
    _sum: { n: true },
    where: {
      organisationId,
      hidden: false,
      ...(query.status && { status: { in: query.status } }),
      ...(query.vendor && { vendor: { in: query.vendor } }),
      ...(query.connection && { connectionId: { in: query.connection } }),
      ...(query.completeness && { completeness: { in: query.completeness } }),
    },
  });
  return counted._sum.n ?? 0;
}
