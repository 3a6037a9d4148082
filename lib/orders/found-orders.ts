import { Prisma } from "#generated/prisma/client.ts";

/**
 * A query over `orders` that reads only those which hold all search tokens: they are found once, whatever it does with them. The
 * database's function answers for the current organisation only, and the query's own conditions name it as well.
 * @param tokens none: the query as it is
 * @param most finds no more; null for all
 */
export function amongFound(tokens: readonly bigint[], query: Prisma.Sql, most: number | null = null): Prisma.Sql {
  if (tokens.length === 0) return query;
  return Prisma.sql`WITH orders AS MATERIALIZED (SELECT * FROM orders_found(${tokens}::bigint[], ${most}::int)) ${query}`;
}

/** Like `amongFound`, for a page of a list: each row brings `total`, how many orders the whole list has. */
export function pageAmongFound(tokens: readonly bigint[], where: readonly Prisma.Sql[], page: Prisma.Sql): Prisma.Sql {
  if (tokens.length === 0) return page;
  return Prisma.sql`
    WITH orders AS MATERIALIZED (
      SELECT * FROM orders_found(${tokens}::bigint[]) AS orders WHERE ${Prisma.join([...where], " AND ")})
    SELECT page.*, (SELECT count(*)::int FROM orders) AS total FROM (${page}) AS page`;
}
