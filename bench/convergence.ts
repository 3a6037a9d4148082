/**
 * A back-fill from a vendor that does not stand still (fault F21): `npx node bench/convergence.ts` reads ORDERS (20,000) orders while
 * people at the vendor go on changing, deciding and placing some (SEED), then lets the vendor fall quiet, syncs once more and
 * compares every order on both sides. Prints one table; ends with 1 when they differ.
 */
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { database } from "#lib/database/database.ts";
import { Chance } from "#lib/testing/chance.ts";
import { differences, restlessVendor } from "#lib/testing/restless-vendor.ts";
import { forgetCalls, readCalls, startBenchPortal } from "./start-bench-portal.ts";

const ORDERS = Number(process.env.ORDERS ?? 20_000);
const SEED = Number(process.env.SEED ?? 1);
/** Orders that change while each page of the list is read, besides those that people change. */
const CHURN = Number(process.env.CHURN ?? 2);

const portal = await startBenchPortal({ orders: ORDERS });
try {
  const target = { organisationId: portal.admin.organisationId, connectionId: portal.connectionId };
  const vendor = restlessVendor(portal.control, "lab@onelab.example", new Chance(SEED));
  const numbers = (await vendor.truth()).map((order) => order.number);
  await vendor.call("POST", "/settings", { churnPerSearch: CHURN });
  await forgetCalls(portal);
  let isOver = false;
  let happened = 0;
  const running = syncConnection(target).finally(() => {
    isOver = true;
  });
  for (; !isOver; happened++) await vendor.happen(numbers);
  await running;
  const calls = (await readCalls(portal)).filter((call) => call.path.startsWith("/v1/orders")).length;
  await vendor.call("POST", "/settings", { churnPerSearch: 0 });
  await syncConnection(target);
  await syncConnection(target);
  const here = await database().order.findMany({
    where: { connectionId: portal.connectionId },
    select: { number: true, vendorStatus: true, vendorUpdatedAt: true, detailFetchedAt: true },
  });
  const truth = await vendor.truth();
  const different = differences(truth, here);
  console.table([
    { what: "orders at the vendor / here", measured: `${truth.length} / ${here.length}` },
    { what: "changes by people during the walk", measured: String(happened) },
    { what: "calls / orders and pages", measured: (calls / (ORDERS + ORDERS / 40)).toFixed(3) },
    { what: "orders that differ", measured: String(different.length) },
  ]);
  if (different.length > 0) console.log(different.slice(0, 20).join("\n"));
  process.exitCode = different.length === 0 ? 0 : 1;
} finally {
  await portal.close();
}
