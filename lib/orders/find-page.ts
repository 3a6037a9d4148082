import type { Prisma } from "#generated/prisma/client.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { clinicPageQueries } from "#lib/orders/clinic-page-query.ts";
import { countOrders } from "#lib/orders/count-orders.ts";
import { holdsTokens, MOST_HITS, pageAmongFound } from "#lib/orders/found-orders.ts";
import type { OrderCursor } from "#lib/orders/order-cursor.ts";
import { filtersOf, pageQuery } from "#lib/orders/order-page-query.ts";
import type { ListOrdersQuery } from "#lib/orders/order-schema.ts";

/** A list as it is asked for: `inView` is the condition of the query's view, `tokens` are those of its text. */
export type AskedList = {
  organisationId: string;
  query: ListOrdersQuery;
  tokens: readonly bigint[];
  inView?: Prisma.Sql;
  after: OrderCursor | null;
};

type Row = { id: string; key: string | null };
export type FoundPage = {
  /** `limit + 1` of them where more follow. */
  rows: Row[];
  total: number;
  /** Counting ended early: there are at least `total`. */
  totalIsMinimum: boolean;
};

/**
 * Ids and sort keys of one page. What few orders hold is gathered and sorted; for what many hold, the list is walked in its order
 * until the page is full, so that neither costs more in a large lab. Only a text of many orders that are rare where the page begins
 * is gathered whole.
 */
export async function findPage(tx: TenantTransaction, list: AskedList): Promise<FoundPage> {
  const { organisationId, query, tokens, inView } = list;
  if (tokens.length === 0) {
    const rows = await walkList(tx, list);
    return { rows, total: await countOrders(tx, organisationId, query, [], inView), totalIsMinimum: false };
  }
  const few = await gather(tx, list, MOST_HITS);
  if (few.hits < MOST_HITS) return few;
  const rows = await walkList(tx, list, holdsTokens(organisationId, tokens, few.hides));
  if (rows.length > query.limit) return { rows, total: Math.max(few.total, query.limit), totalIsMinimum: true };
  return gather(tx, list, null);
}

async function walkList(tx: TenantTransaction, list: AskedList, holds?: Prisma.Sql): Promise<Row[]> {
  const rows: Row[] = [];
  for (const part of queriesOf(list, holds))
    if (rows.length <= list.query.limit) rows.push(...(await tx.$queryRaw<Row[]>(part)));
  return rows;
}

async function gather(tx: TenantTransaction, list: AskedList, most: number | null) {
  const where = filtersOf(list.organisationId, list.query, list.inView);
  const rows: Row[] = [];
  let counted = { total: 0, hits: 0, hides: false };
  for (const part of queriesOf(list)) {
    if (rows.length > list.query.limit) break;
    const found = await tx.$queryRaw<(typeof counted & { id: string | null; key: string | null })[]>(
      pageAmongFound(list.organisationId, list.tokens, where, part, most),
    );
    counted = found[0]!;
    rows.push(...found.flatMap(({ id, key }) => (id ? { id, key } : [])));
  }
  const { total, hits, hides } = counted;
  return { rows, total, totalIsMinimum: false, hits, hides };
}

/** One after the other, they give the list. */
function queriesOf({ organisationId, query, after, inView }: AskedList, holds?: Prisma.Sql): Prisma.Sql[] {
  return query.sort === "clinic"
    ? clinicPageQueries(organisationId, query, after, inView, holds)
    : [pageQuery(organisationId, query, after, inView, holds)];
}
