import { Prisma } from "#generated/prisma/client.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { amongFound } from "#lib/orders/found-orders.ts";
import { filtersOf } from "#lib/orders/order-page-query.ts";
import type { ListOrdersQuery } from "#lib/orders/order-schema.ts";

type Counted = Omit<ListOrdersQuery, "sort" | "limit">;
/** What a query says beside its filters. */
const PAGING = new Set(["sort", "limit", "cursor", "groups"]);

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
  const onlyFilter = onlyFilterOf(query);
  if (onlyFilter === "tag" && !inView) return countTagged(tx, organisationId, query.tag!, atMost);
  const isBeyondCounters =
    inView || query.clinic || query.infoRequest || query.tag || query.dueBefore || query.dueAfter || tokens.length > 0;
  const isOfNobody = query.assignee?.length === 1 && query.assignee[0] === "none";
  if (isBeyondCounters || (query.assignee && !isOfNobody))
    return countRows(tx, tokens, filtersOf(organisationId, { ...query, limit: 1 }, inView), {
      atMost,
      isTextAlone: onlyFilter === "q" && !inView,
    });
  const counted = await countFromCounters(tx, organisationId, query);
  if (!isOfNobody) return atMost === undefined ? counted : Math.min(counted, atMost);
  const others = filtersOf(organisationId, { ...query, assignee: undefined, limit: 1 });
  const assigned = await countRows(tx, [], [...others, Prisma.sql`assignee_id IS NOT NULL`]);
  return Math.min(counted - assigned, atMost ?? Number.POSITIVE_INFINITY);
}

/** What alone narrows a list; null where several do, or nothing. */
export function onlyFilterOf(query: Partial<Counted>): string | null {
  const filters = Object.entries(query).flatMap(([name, value]) => (value && !PAGING.has(name) ? [name] : []));
  return filters.length === 1 ? filters[0]! : null;
}

async function countRows(
  tx: TenantTransaction,
  tokens: readonly bigint[],
  where: Prisma.Sql[],
  { atMost, isTextAlone }: { atMost?: number; isTextAlone?: boolean } = {},
): Promise<number> {
  const conditions = Prisma.join(where, " AND ");
  const limit = atMost === undefined ? Prisma.empty : Prisma.sql`LIMIT ${atMost}`;
  const most = isTextAlone && atMost !== undefined ? atMost : null;
  // Rows that hold a text are found no further than they are counted; fewer of them are shown where some hide behind another.
  const counted = most
    ? Prisma.sql`SELECT CASE WHEN max(hits) >= ${most} THEN ${most} ELSE count(*)::int END AS n FROM orders WHERE ${conditions}`
    : Prisma.sql`SELECT count(*)::int AS n FROM (SELECT 1 FROM orders WHERE ${conditions} ${limit}) AS found`;
  const [row] = await tx.$queryRaw<{ n: number }[]>(amongFound(tokens, counted, most));
  return row!.n;
}

/** Bearers of a tag without the few that are hidden behind another row: no order is looked at. */
async function countTagged(
  tx: TenantTransaction,
  organisationId: string,
  tags: readonly string[],
  atMost?: number,
): Promise<number> {
  const limit = atMost === undefined ? Prisma.empty : Prisma.sql`LIMIT ${atMost}`;
  const [row] = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (
      SELECT DISTINCT order_id FROM order_tags
      WHERE organisation_id = ${organisationId}::uuid AND tag_id = ANY(${[...new Set(tags)]}::uuid[]) AND order_id NOT IN (
        SELECT id FROM orders WHERE organisation_id = ${organisationId}::uuid AND twin_of IS NOT NULL)
      ${limit}) AS found`;
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
