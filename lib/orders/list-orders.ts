import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { countGroups } from "#lib/orders/count-groups.ts";
import { type AskedList, findPage } from "#lib/orders/find-page.ts";
import { readCursor, writeCursor } from "#lib/orders/order-cursor.ts";
import { ORDER_COLUMNS } from "#lib/orders/order-row.ts";
import type { ListOrdersQuery, OrderPage } from "#lib/orders/order-schema.ts";
import { isGroupSort } from "#lib/orders/order-values.ts";
import { tokensForQuery } from "#lib/orders/search-tokens.ts";
import { membersOn, toOrderView } from "#lib/orders/to-order-view.ts";
import { viewCondition, viewFrame } from "#lib/views/view-condition.ts";

/**
 * One page of the inbox. `total` counts the whole list, to the end or so far as is said; `nextCursor` continues this list only.
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
    const list: AskedList = { organisationId, query, tokens, inView, after };
    const { rows, total, totalIsMinimum } = await findPage(tx, list);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      items: await viewsOf(
        tx,
        page.map((row) => row.id),
        principal,
      ),
      nextCursor: last && rows.length > query.limit ? writeCursor(last, query) : null,
      total,
      totalIsMinimum,
      // What is not counted as a whole is not counted by group either.
      groups: query.groups && isGroupSort(query.sort) && !totalIsMinimum ? await countGroups(tx, list, page) : null,
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
