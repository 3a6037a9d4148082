/**
 * What a read through `/api/vendors/…` costs over the same read made directly: `npx node bench/proxy.ts`. The route answers behind a
 * bare HTTP server of this process (no pages, no Next.js), the vendor is the sandbox in a process of its own; both ways are taken
 * in turn. Prints one table; ends with 1 when something misses what must be reached. What counts is a portal that has been running for a
 * while; a process that has just started, whose code the engine has not compiled yet, is shown beside it.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GET } from "#app/api/vendors/[vendor]/[...path]/route.ts";
import { createApiKey } from "#lib/access/create-api-key.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { type BenchPortal, delayVendor, startBenchPortal } from "./start-bench-portal.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 400);
const LATENCY_MS = Number(process.env.LATENCY_MS ?? 25);
/** Connections are open then, and what is made once is made. */
const FIRST_CALLS = 40;
/** The engine has compiled by then what every call goes through. */
const CALLS_BEFORE = 2_000;

type Way = { url: string; headers: Record<string, string> };

/** The route as an HTTP server. @returns its address */
async function serveRoute(): Promise<{ url: string; close(): void }> {
  const server = createServer(async (incoming, response) => {
    const headers = new Headers(incoming.headers as Record<string, string>);
    const request = new Request(`http://localhost${incoming.url}`, { headers });
    const answer = await GET(request, { params: Promise.resolve({}) });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

/** The same order, asked for in both ways. */
async function waysOf(portal: BenchPortal, served: string): Promise<{ direct: Way; proxied: Way }> {
  const { admin, connectionId, control } = portal;
  const { key } = await createApiKey({
    organisationId: admin.organisationId,
    userId: admin.userId,
    name: "bench",
    role: "viewer",
  });
  const orders = (await (await fetch(`${control}/orders?account=lab@onelab.example`)).json()) as { number: number }[];
  const path = `/v1/orders/${orders[0]?.number}`;
  const direct = await withSession(connectionId, admin.organisationId, async ({ baseUrl, accessToken, groupKey }) => ({
    url: `${baseUrl}${path}?schema=latest`,
    headers: {
      Authorization: `Bearer ${accessToken}`,
      "x-meditlink-client-id": process.env.MEDITLINK_CLIENT_ID ?? "",
      "x-meditlink-group-uuid": groupKey ?? "",
      "Content-Type": "application/json",
    },
  }));
  return {
    direct,
    proxied: { url: `${served}/api/vendors/meditlink${path}`, headers: { Authorization: `Bearer ${key}` } },
  };
}

async function stopwatch({ url, headers }: Way): Promise<number> {
  const began = performance.now();
  const answer = await fetch(url, { headers });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return performance.now() - began;
}

function quantile(times: number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;
}

/** @returns ms of each call, taken in turn */
async function callBoth(ways: { direct: Way; proxied: Way }, rounds: number) {
  const times = { direct: [] as number[], proxied: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.direct.push(await stopwatch(ways.direct));
    times.proxied.push(await stopwatch(ways.proxied));
  }
  return times;
}

function compare(times: { direct: number[]; proxied: number[] }) {
  const at = (share: number) => [quantile(times.direct, share), quantile(times.proxied, share)] as const;
  const [p50, p95] = [at(0.5), at(0.95)];
  const detail = ([direct, proxied]: readonly [number, number]) => `${direct.toFixed(1)} → ${proxied.toFixed(1)} ms`;
  const [added, ratio] = [p50[1] - p50[0], p95[1] / p95[0]];
  return {
    added,
    ratio,
    addedText: `${added.toFixed(2)} ms (${detail(p50)})`,
    ratioText: `${ratio.toFixed(3)} (${detail(p95)})`,
  };
}

async function measure(portal: BenchPortal, served: string) {
  const ways = await waysOf(portal, served);
  await delayVendor(portal, LATENCY_MS);
  await callBoth(ways, FIRST_CALLS);
  const young = compare(await callBoth(ways, ROUNDS));
  await delayVendor(portal, 0);
  await callBoth(ways, CALLS_BEFORE);
  await delayVendor(portal, LATENCY_MS);
  const old = compare(await callBoth(ways, ROUNDS));
  return [
    { what: "p50, added", measured: old.addedText, must: "at most 3 ms", isMet: old.added <= 3 },
    { what: "p95, ratio", measured: old.ratioText, must: "at most 1.3", isMet: old.ratio <= 1.3 },
    { what: "p50, added, just started", measured: young.addedText, must: null, isMet: null },
    { what: "p95, ratio, just started", measured: young.ratioText, must: null, isMet: null },
  ];
}

const portal = await startBenchPortal({ orders: 40 });
const served = await serveRoute();
try {
  const rows = await measure(portal, served.url);
  console.table(rows);
  process.exitCode = rows.every(({ isMet }) => isMet !== false) ? 0 : 1;
} finally {
  served.close();
  await portal.close();
}
