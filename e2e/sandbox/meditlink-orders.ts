import { setTimeout as wait } from "node:timers/promises";
import { type ApiCall, pageReply } from "./api-call.ts";
import { json, type Reply } from "./exchange.ts";
import { MeditlinkProblem } from "./meditlink-error.ts";
import { orderShort, orderSummary, orderView, pageOf } from "./meditlink-views.ts";
import { numberParameter } from "./protocol-checks.ts";
import type { OrderRecord } from "./vendor-records.ts";

const LATEST_MS = 253_402_300_799_000;

/** GET /v1/orders/search (guide §3.5.1): last changed first; start and end bound dateUpdated, both included. */
export async function searchOrders({ world, exchange, groupUuid }: ApiCall): Promise<Reply> {
  const size = numberParameter(exchange, "size", { low: 1, high: 40 });
  const page = numberParameter(exchange, "page", { low: 0, high: 1000 });
  const start = numberParameter(exchange, "start", { low: 0, high: LATEST_MS });
  const end = numberParameter(exchange, "end", { low: 0, high: LATEST_MS });
  const statuses = exchange.url.searchParams.getAll("status").filter((status) => status !== "");
  if (world.live.searchLatencyMs > 0) await wait(world.live.searchLatencyMs);

  const found = world
    .ordersOf(groupUuid)
    .filter(
      (o) => o.updatedAt >= start && o.updatedAt <= end && (statuses.length === 0 || statuses.includes(o.status)),
    );
  const rows = found.slice(page * size, (page + 1) * size).map((order) => orderSummary(world, order, groupUuid));
  world.churn(groupUuid);
  return pageReply(rows, pageOf(rows, found.length, page, size));
}

/** GET /v1/orders/{orderNumber} (guide §3.5.2). */
export function getOrder(call: ApiCall): Reply {
  return json(200, orderView(call.world, orderFor(call), call.groupUuid));
}

/** PUT …/accept (guide §3.5.4): labs only; answers the whole order. */
export function acceptOrder(call: ApiCall): Reply {
  const order = decide(call, "seller", "accept", "ACCEPTED");
  return json(200, orderView(call.world, order, call.groupUuid));
}

/** PUT …/reject (guide §3.5.5): labs only. */
export function rejectOrder(call: ApiCall): Reply {
  return json(200, orderShort(call.world, decide(call, "seller", "reject", "REJECTED")));
}

/** PUT …/cancel (guide §3.5.3): clinics only, before the lab has accepted. */
export function cancelOrder(call: ApiCall): Reply {
  return json(200, orderShort(call.world, decide(call, "buyer", "cancel", "CANCELED")));
}

function decide(call: ApiCall, side: "buyer" | "seller", action: string, to: string): OrderRecord {
  const { world, groupUuid, caller } = call;
  const order = orderFor(call);
  if (order[side] !== groupUuid)
    throw new MeditlinkProblem(403, "Forbidden", `Only the ${side} may ${action} an order`);
  if (order.status !== "PENDING") {
    order.counts.refused++;
    world.changed.orders.add(order.number);
    world.remember();
    throw new MeditlinkProblem(409, "Conflict", "The requested resource duplicated or already processed.");
  }
  world.moveOrder(order, to, { action, by: caller.account.email, via: "api" });
  return order;
}

/** The order behind the path; an order of other parties does not exist for the caller. */
function orderFor({ world, groupUuid, id, exchange }: ApiCall): OrderRecord {
  if (!/^\d{1,15}$/.test(id)) {
    exchange.violations.push("The order number in the path is not a number");
    throw new MeditlinkProblem(400, "Bad Request", "orderNumber: must be a number");
  }
  const order = world.orders.get(Number(id));
  if (order === undefined || (order.buyer !== groupUuid && order.seller !== groupUuid)) {
    throw new MeditlinkProblem(404, "Not Found", "The order does not exist");
  }
  return order;
}
