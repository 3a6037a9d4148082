import type { DecisionKind } from "#lib/orders/order-schema.ts";
import { VendorError } from "#lib/vendors/error.ts";
import {
  acceptOrder,
  cancelOrder,
  getOrder,
  LARGEST_PAGE,
  LAST_INSTANT,
  LAST_PAGE,
  rejectOrder,
  searchOrders,
} from "#lib/vendors/meditlink/api/orders.ts";
import { mapOrder, mapOrderRow } from "#lib/vendors/meditlink/map.ts";
import type { OrderListPage, OrderSource, VendorOrder } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** Orders by their change time; the list has no prescription and no files. */
export const orders: OrderSource = {
  window: { on: "changed", maxRows: (LAST_PAGE + 1) * LARGEST_PAGE, pageSize: LARGEST_PAGE },
  listIsWhole: false,
  page: readPage,
  get: readOrder,
  decide,
};

async function readPage(
  session: VendorSession,
  input: { from: Date; to: Date; page: number; pageSize: number },
): Promise<OrderListPage> {
  const page = await searchOrders(session, {
    size: input.pageSize,
    page: input.page,
    start: Math.max(0, input.from.getTime()),
    end: Math.min(LAST_INSTANT, input.to.getTime()),
  });
  const rows = page.content.map((row) => mapOrderRow(row, session.groupKey));
  const orders = rows.filter((order) => order !== null);
  return { total: page.totalElements, orders, unreadable: rows.length - orders.length };
}

async function readOrder(session: VendorSession, number: string): Promise<VendorOrder> {
  const { value, raw } = await getOrder(session, number);
  if (value.orderNumber !== number)
    throw new VendorError("bad_content", "meditlink", "GET /v1/orders/{orderNumber}: another order", { status: 200 });
  return mapOrder(value, raw, session.groupKey, true);
}

/**
 * Accepting answers with the whole order (§3.5.4). Rejecting and cancelling answer without the case (§3.5.3, §3.5.5): null, so that
 * the order is read again and nothing known of it is lost.
 */
async function decide(session: VendorSession, number: string, kind: DecisionKind): Promise<VendorOrder | null> {
  const { value, raw } = await DECISIONS[kind](session, number);
  return value.orderNumber === number && value.case?.files ? mapOrder(value, raw, session.groupKey, true) : null;
}

const DECISIONS = { accept: acceptOrder, reject: rejectOrder, cancel: cancelOrder };
