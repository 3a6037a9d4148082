import { Prisma } from "#generated/prisma/client.ts";

/** More hits than these are not gathered to be sorted: the list is walked in its order instead, and its total ends here. */
export const MOST_HITS = 200;

/**
 * A query over `orders` that reads only those which hold all search tokens: they are found once, whatever it does with them. The
 * database's function answers for the current organisation only, and the query's own conditions name it as well.
 * @param tokens none: the query as it is
 * @param most finds no more; null for all
 */
export function amongFound(tokens: readonly bigint[], query: Prisma.Sql, most: number | null = null): Prisma.Sql {
  if (tokens.length === 0) return query;
  return Prisma.sql`WITH orders AS MATERIALIZED (SELECT * FROM orders_searched(${tokens}::bigint[], ${most}::int)) ${query}`;
}

/**
 * Like `amongFound`, for a page of a list. Each row brings `total`, how many orders the whole list has, `hits`, how many rows
 * hold the tokens, and `hides`, whether the organisation has hidden rows at all; a list without an order is one row without an id.
 */
export function pageAmongFound(
  organisationId: string,
  tokens: readonly bigint[],
  where: readonly Prisma.Sql[],
  page: Prisma.Sql,
  most: number | null,
): Prisma.Sql {
  // Named with its schema: "orders" are the found ones here.
  const hidden = Prisma.sql`
    SELECT 1 FROM public.orders WHERE organisation_id = ${organisationId}::uuid AND twin_of IS NOT NULL`;
  return Prisma.sql`
    WITH found AS MATERIALIZED (SELECT * FROM orders_searched(${tokens}::bigint[], ${most}::int)),
    orders AS MATERIALIZED (SELECT * FROM found AS orders WHERE ${Prisma.join([...where], " AND ")})
    SELECT page.*, counted.* FROM (
      SELECT (SELECT count(*)::int FROM orders) AS total, coalesce((SELECT max(hits) FROM found), 0) AS hits,
        EXISTS (${hidden}) AS hides
    ) AS counted LEFT JOIN (${page}) AS page ON true`;
}

/**
 * Whether a row of `orders` holds all tokens, itself or in a row that it hides.
 * @param hides whether any row is hidden: most organisations need not look
 */
export function holdsTokens(organisationId: string, tokens: readonly bigint[], hides: boolean): Prisma.Sql {
  const own = Prisma.sql`orders.search_tokens @> ${tokens}::bigint[]`;
  if (!hides) return own;
  return Prisma.sql`(${own} OR EXISTS (
    SELECT 1 FROM orders AS hidden
    WHERE hidden.organisation_id = ${organisationId}::uuid AND hidden.twin_of = orders.id
      AND hidden.search_tokens @> ${tokens}::bigint[]))`;
}
