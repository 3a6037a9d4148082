import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { clinicPageQueries } from "#lib/orders/clinic-page-query.ts";
import { countOrders } from "#lib/orders/count-orders.ts";
import { pageAmongFound } from "#lib/orders/found-orders.ts";
import { readCursor, writeCursor } from "#lib/orders/order-cursor.ts";
import { filtersOf, pageQuery } from "#lib/orders/order-page-query.ts";
import { ORDER_COLUMNS } from "#lib/orders/order-row.ts";
import type { ListOrdersQuery, OrderPage } from "#lib/orders/order-schema.ts";
import { tokensForQuery } from "#lib/orders/search-tokens.ts";
import { membersOn, toOrderView } from "#lib/orders/to-order-view.ts";
import { viewCondition, viewFrame } from "#lib/views/view-condition.ts";

/**
 * One page of the inbox. `total` counts the whole list; `nextCursor` continues this list only.
 * @throws {AppError} forbidden, invalid_parameter (cursor)
 */
export async function listOrders(
  principal: Principal,
  given: ListOrdersQuery,
  clock: Clock = systemClock,
): Promise<OrderPage> {
  requirePermission(principal, "read");
  const query = withoutRepeats(forReader(given, principal));
  const { organisationId } = principal;
  const after = query.cursor ? readCursor(query.cursor, query) : null;
  const tokens = query.q ? tokensForQuery(organisationId, query.q) : [];
  return withOrganisation(organisationId, async (tx) => {
    const inView = query.view && viewCondition(query.view, await viewFrame(tx, principal, clock.now()));
    const queries =
      query.sort === "clinic"
        ? clinicPageQueries(organisationId, query, after, inView)
        : [pageQuery(organisationId, query, tokens, after, inView)];
    const where = filtersOf(organisationId, query, inView);
    const found: { id: string; key: string | null; total?: number }[] = [];
    for (const part of queries)
      if (found.length <= query.limit)
        found.push(...(await tx.$queryRaw<typeof found>(pageAmongFound(tokens, where, part))));
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    return {
      items: await viewsOf(
        tx,
        page.map((row) => row.id),
        principal,
      ),
      nextCursor: last && found.length > query.limit ? writeCursor(last, query) : null,
      total: found[0]?.total ?? (await countOrders(tx, organisationId, query, tokens, inView)),
    };
  });
}

/** "me" is whoever reads. */
export function forReader<Q extends Pick<ListOrdersQuery, "assignee">>(query: Q, { userId }: Principal): Q {
  return query.assignee ? { ...query, assignee: query.assignee.map((one) => (one === "me" ? userId : one)) } : query;
}

/** A value named twice is one scan, not two that find the same orders. */
function withoutRepeats(query: ListOrdersQuery): ListOrdersQuery {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? [...new Set(value)].sort() : value]),
  ) as ListOrdersQuery;
}

async function viewsOf(tx: TenantTransaction, ids: string[], principal: Principal) {
  const rows = await tx.order.findMany({
    where: { organisationId: principal.organisationId, id: { in: ids } },
    select: ORDER_COLUMNS,
  });
  const names = await namesOfMembers(tx, membersOn(rows));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []).map((row) => toOrderView(row, names, principal));
}
