import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { LATEST, meditlinkEndpoint } from "#lib/vendors/meditlink/config.ts";
import { EMPTY_PAGE, orderParamsSchema, orderSchema, pageSchema } from "#lib/vendors/meditlink/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** The largest instant of the search, epoch ms: the end of the year 9999 (§3.5.1). */
export const LAST_INSTANT = 253_402_300_799_000;
/** Reach of one search: pages 0 to 1000 of at most 40 orders (§3.5.1). */
export const LARGEST_PAGE = 40;
export const LAST_PAGE = 1000;

const instant = z.coerce.number().int().min(0).max(LAST_INSTANT);

/** §3.5.1. `start` and `end` are epoch ms of dateUpdated; none of the four may be missing, so absent ones get their widest value. */
const searchOrdersQuerySchema = z.strictObject({
  size: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(20),
  page: z.coerce.number().int().min(0).max(LAST_PAGE).default(0),
  start: instant.default(0),
  end: instant.default(LAST_INSTANT),
  status: z.union([z.string().max(60), z.array(z.string().max(60)).max(10)]).optional(),
});

export const searchOrdersEndpoint = meditlinkEndpoint({
  name: "searchOrders",
  feature: "orders",
  method: "GET",
  path: "/v1/orders/search",
  section: "3.5.1",
  fixedQuery: LATEST,
  query: searchOrdersQuerySchema,
  response: pageSchema,
  standIns: { 204: EMPTY_PAGE },
  scope: "ORDER",
  repeat: "read",
  group: true,
  permission: "read",
});

/** §3.5.1: one page of the orders that changed between two instants, 0-based; no match is an empty page. */
export async function searchOrders(session: VendorSession, query: z.input<typeof searchOrdersQuerySchema>) {
  return (await vendorFetch(session, searchOrdersEndpoint, { query: searchOrdersQuerySchema.parse(query) })).value;
}

export const getOrderEndpoint = meditlinkEndpoint({
  name: "getOrder",
  method: "GET",
  path: "/v1/orders/{orderNumber}",
  section: "3.5.2",
  params: orderParamsSchema,
  fixedQuery: LATEST,
  response: orderSchema,
  scope: "ORDER",
  repeat: "read",
  group: true,
  permission: "read",
});

/** §3.5.2: the whole order with its case. */
export async function getOrder(session: VendorSession, orderNumber: string) {
  return await vendorFetch(session, getOrderEndpoint, { params: { orderNumber } });
}

/** The name of the "manage your order data" scope is lost (§1.1.2): some order scope other than the one for reading. */
const MANAGE_ORDERS = /^(?!ORDER$).*ORDER/i;

export const cancelOrderEndpoint = meditlinkEndpoint({
  name: "cancelOrder",
  method: "PUT",
  path: "/v1/orders/{orderNumber}/cancel",
  section: "3.5.3",
  params: orderParamsSchema,
  fixedQuery: LATEST,
  response: orderSchema,
  scopeLike: MANAGE_ORDERS,
  repeat: "once",
  group: true,
  decides: "cancel",
  permission: "decide",
});

/** §3.5.3: a clinic takes back its own order; the lab gets an e-mail. The answer holds no case. */
export async function cancelOrder(session: VendorSession, orderNumber: string) {
  return await vendorFetch(session, cancelOrderEndpoint, { params: { orderNumber } });
}

export const acceptOrderEndpoint = meditlinkEndpoint({
  name: "acceptOrder",
  method: "PUT",
  path: "/v1/orders/{orderNumber}/accept",
  section: "3.5.4",
  params: orderParamsSchema,
  fixedQuery: LATEST,
  response: orderSchema,
  scopeLike: MANAGE_ORDERS,
  repeat: "once",
  group: true,
  decides: "accept",
  permission: "decide",
});

/** §3.5.4: a lab accepts; the clinic gets an e-mail. The answer is the whole order. */
export async function acceptOrder(session: VendorSession, orderNumber: string) {
  return await vendorFetch(session, acceptOrderEndpoint, { params: { orderNumber } });
}

export const rejectOrderEndpoint = meditlinkEndpoint({
  name: "rejectOrder",
  method: "PUT",
  path: "/v1/orders/{orderNumber}/reject",
  section: "3.5.5",
  params: orderParamsSchema,
  fixedQuery: LATEST,
  response: orderSchema,
  scopeLike: MANAGE_ORDERS,
  repeat: "once",
  group: true,
  decides: "reject",
  permission: "decide",
});

/** §3.5.5: a lab rejects; the clinic gets an e-mail. The answer holds no case. */
export async function rejectOrder(session: VendorSession, orderNumber: string) {
  return await vendorFetch(session, rejectOrderEndpoint, { params: { orderNumber } });
}
