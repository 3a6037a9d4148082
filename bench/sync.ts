/**
 * A first sync against what the vendor gives anybody: `npx node bench/sync.ts` back-fills ORDERS (20,000) orders from a sandbox of
 * its own into a database of its own, right after a bare loop has paged through the same orders with as many calls under way and
 * thrown the answers away. Prints one table; ends with 1 when something misses what must be reached.
 *
 * Each answer of the sandbox takes LATENCY_MS (25): with none, both sides would measure how fast this machine runs a sandbox and a
 * database beside them, not how well a vendor's time is used.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { mapConcurrently } from "#lib/connections/map-concurrently.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { database } from "#lib/database/database.ts";
import { type BenchPortal, delayVendor, forgetCalls, readCalls, startBenchPortal } from "./start-bench-portal.ts";

const ORDERS = Number(process.env.ORDERS ?? 20_000);
const LATENCY_MS = Number(process.env.LATENCY_MS ?? 25);
/** As many detail calls as lib/connections/fetch-details.ts has under way. */
const AT_ONCE = 12;
const PAGE = 40;

type Row = { what: string; measured: string; must: string; isMet: boolean };

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What a loop that keeps nothing gets from the vendor. @returns orders per second */
async function pageBarely({ connectionId, admin }: BenchPortal): Promise<number> {
  const began = performance.now();
  const to = String(Date.now());
  await withSession(connectionId, admin.organisationId, async ({ baseUrl, accessToken, groupKey }) => {
    const read = async (path: string): Promise<unknown> => {
      const headers = {
        Authorization: `Bearer ${accessToken}`,
        "x-meditlink-client-id": process.env.MEDITLINK_CLIENT_ID ?? "",
        "x-meditlink-group-uuid": groupKey ?? "",
        "Content-Type": "application/json",
      };
      const answer = await fetch(`${baseUrl}${path}`, { headers });
      if (!answer.ok) throw new Error(`the vendor answered ${answer.status}`);
      return answer.json();
    };
    for (let page = 0; page < Math.ceil(ORDERS / PAGE); page++) {
      const query = new URLSearchParams({
        schema: "latest",
        size: String(PAGE),
        page: String(page),
        start: "0",
        end: to,
      });
      const { content } = (await read(`/v1/orders/search?${query}`)) as { content: { orderNumber: number | string }[] };
      await mapConcurrently(content, AT_ONCE, ({ orderNumber }) => read(`/v1/orders/${orderNumber}?schema=latest`));
    }
  });
  return (1000 * ORDERS) / (performance.now() - began);
}

/** Heap after a collection, each few thousand orders, MB. */
async function watchHeap(portal: BenchPortal, signal: AbortSignal): Promise<number[]> {
  const heap: number[] = [];
  for (let next = ORDERS / 5; !signal.aborted; ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const seen = await database().order.count({
      where: { connectionId: portal.connectionId, detailFetchedAt: { not: null } },
    });
    if (seen < next) continue;
    collect();
    heap.push(process.memoryUsage().heapUsed / 2 ** 20);
    next += ORDERS / 5;
  }
  return heap;
}

async function measure(portal: BenchPortal): Promise<Row[]> {
  await delayVendor(portal, LATENCY_MS);
  const bare = await pageBarely(portal);
  await forgetCalls(portal);
  const end = new AbortController();
  const heap = watchHeap(portal, end.signal);
  const began = performance.now();
  await syncConnection({ organisationId: portal.admin.organisationId, connectionId: portal.connectionId });
  const ours = (1000 * ORDERS) / (performance.now() - began);
  end.abort();
  const calls = (await readCalls(portal)).filter((call) => call.path.startsWith("/v1/orders")).length;
  const whole = await database().order.count({
    where: { connectionId: portal.connectionId, detailFetchedAt: { not: null } },
  });
  const least = Math.ceil(ORDERS / PAGE) + ORDERS;
  const sizes = await heap;
  const growth = (sizes.at(-1) ?? 0) / (sizes[0] ?? 1);
  return [
    { what: "orders here, whole", measured: String(whole), must: String(ORDERS), isMet: whole === ORDERS },
    row("vendor calls / least possible", calls / least, "at most", 1.06, `${calls} / ${least}`),
    row("rate / bare paging loop", ours / bare, "at least", 0.9, `${Math.round(ours)} / ${Math.round(bare)} orders/s`),
    row("heap, last fifth / first", growth, "at most", 1.25, `${sizes.map((size) => Math.round(size)).join(" ")} MB`),
  ];
}

function row(what: string, value: number, bound: "at most" | "at least", must: number, detail: string): Row {
  const isMet = bound === "at most" ? value <= must : value >= must;
  return { what, measured: `${value.toFixed(3)} (${detail})`, must: `${bound} ${must}`, isMet };
}

const portal = await startBenchPortal({ orders: ORDERS });
try {
  const rows = await measure(portal);
  console.table(rows);
  process.exitCode = rows.every(({ isMet }) => isMet) ? 0 : 1;
} finally {
  await portal.close();
}
