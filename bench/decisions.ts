/**
 * A thousand decisions while everything goes wrong (faults F32 to F35): `npx node bench/decisions.ts` asks for DECISIONS (1,000)
 * accepts and rejects, lets WORKERS (3) worker processes carry them out at a sandbox that loses answers, refuses and hangs at random
 * (SEED), and kills one of them with SIGKILL again and again until KILLS (100) have died. Then it compares journal, screen and
 * vendor. Prints one table; ends with 1 when an effect is missing, came twice, or the screen says something else than the vendor.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { verifyAudit } from "#lib/audit/verify-audit.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { database } from "#lib/database/database.ts";
import { requestDecision } from "#lib/decisions/request-decision.ts";
import { Chance } from "#lib/testing/chance.ts";
import { type BenchPortal, startBenchPortal } from "./start-bench-portal.ts";

const DECISIONS = Number(process.env.DECISIONS ?? 1_000);
const KILLS = Number(process.env.KILLS ?? 100);
const WORKERS = Number(process.env.WORKERS ?? 3);
const SEED = Number(process.env.SEED ?? 1);
/** A worker lives this long at most once it is ready, ms. */
const LIFE_MS = 1_200;
/** The portal gives a decision up after a quarter of an hour; nothing may take as long as that. */
const PATIENCE_MS = 14 * 60_000;

const chance = new Chance(SEED);

async function control<T>(portal: BenchPortal, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${portal.control}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${method} ${path}`);
  return (await answer.json()) as T;
}

/** Answers that are lost after the deed, failures before it, hanging sockets; looking at an order fails as well. */
async function armFaults(portal: BenchPortal): Promise<void> {
  const decide = { vendor: "meditlink-api", method: "PUT", path: "/v1/orders/\\d+" };
  const look = { vendor: "meditlink-api", method: "GET", path: "/v1/orders/\\d+" };
  const faults: [object, number, object][] = [
    [decide, 0.12, { kind: "resetAfterCommit" }],
    [decide, 0.08, { kind: "statusAfterCommit", status: 502 }],
    [decide, 0.03, { kind: "hangAfterCommit", ms: 4_000 }],
    [decide, 0.06, { kind: "truncate" }],
    [decide, 0.06, { kind: "reset" }],
    [decide, 0.06, { kind: "status", status: 503 }],
    [decide, 0.04, { kind: "html" }],
    [look, 0.05, { kind: "status", status: 500 }],
    [look, 0.05, { kind: "reset" }],
  ];
  for (const [at, [where, probability, fault]] of faults.entries())
    await control(portal, "POST", "/faults", { ...where, probability, fault, seed: SEED * 100 + at });
}

/** Worker processes that are killed as soon as they are at work, and replaced. @returns ends them */
function keepWorkers(): { killed(): number; end(): void } {
  const alive = new Set<ChildProcess>();
  let killed = 0;
  let isOver = false;
  function start(): void {
    const child = spawn(process.execPath, [join(import.meta.dirname, "../lib/jobs/worker.ts")], {
      env: { ...process.env, LOG_LEVEL: "info", SFTP_DROP_HOST: "" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    alive.add(child);
    child.on("exit", () => {
      alive.delete(child);
      if (!isOver) start();
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.includes("worker ready")) setTimeout(() => killOne(child), LIFE_MS * chance.next());
    });
  }
  function killOne(child: ChildProcess): void {
    if (isOver || killed >= KILLS) return;
    killed++;
    child.kill("SIGKILL");
  }
  for (let n = 0; n < WORKERS; n++) start();
  return {
    killed: () => killed,
    end() {
      isOver = true;
      for (const child of alive) child.kill("SIGKILL");
    },
  };
}

type Truth = { number: number; status: string; counts: { accepted: number; rejected: number; cancelled: number } };

async function askFor(portal: BenchPortal): Promise<Map<string, "accept" | "reject">> {
  const { numbers } = await control<{ numbers: number[] }>(portal, "POST", "/orders", { count: DECISIONS });
  const { organisationId } = portal.admin;
  await syncConnection({ organisationId, connectionId: portal.connectionId });
  // Thousands of scans would keep the workers from what is measured here.
  await database().$executeRaw`DELETE FROM jobs.job WHERE name <> 'carry-out-decision'`;
  const orders = await database().order.findMany({
    where: { organisationId, number: { in: numbers.map(String) } },
    select: { id: true, number: true },
  });
  const wished = new Map<string, "accept" | "reject">();
  for (const { id, number } of orders) {
    const kind = chance.next() < 0.7 ? "accept" : "reject";
    await requestDecision(portal.admin, { orderId: id, kind, body: {}, idempotencyKey: null });
    wished.set(number, kind);
  }
  return wished;
}

async function waitUntilClosed(workers: { killed(): number }): Promise<number> {
  const began = performance.now();
  for (;;) {
    const open = await database().decision.count({ where: { closedAt: null } });
    if ((open === 0 && workers.killed() >= KILLS) || performance.now() - began > PATIENCE_MS) return open;
    // Kills go on to the last one: what is left over must survive them as well.
    if (process.stderr.isTTY) process.stderr.write(`\r${open} open, ${workers.killed()} killed `);
    await pause(1_000);
  }
}

async function compare(portal: BenchPortal, wished: Map<string, "accept" | "reject">, open: number, killed: number) {
  const { organisationId } = portal.admin;
  await control(portal, "DELETE", "/faults");
  await syncConnection({ organisationId, connectionId: portal.connectionId });
  const truth = await control<Truth[]>(portal, "GET", "/orders?account=lab@onelab.example");
  const rows = await database().order.findMany({
    where: { organisationId, number: { in: [...wished.keys()] } },
    select: { number: true, vendorStatus: true, decisions: { select: { state: true } } },
  });
  const shown = new Map(rows.map((row) => [row.number, row]));
  const asked = truth.filter(({ number }) => wished.has(String(number)));
  const effects = ({ counts }: Truth) => counts.accepted + counts.rejected + counts.cancelled;
  const asWished = { accept: "ACCEPTED", reject: "REJECTED" };
  const bad = {
    twice: asked.filter((order) => effects(order) > 1).length,
    lost: asked.filter((order) => order.status !== asWished[wished.get(String(order.number))!]).length,
    shownOtherwise: asked.filter((order) => shown.get(String(order.number))?.vendorStatus !== order.status).length,
    notConfirmed: rows.filter((row) => row.decisions.some(({ state }) => state !== "confirmed")).length,
    broken: (await verifyAudit()).filter(({ brokenAt }) => brokenAt !== null).length,
  };
  const none = (what: string, n: number) => ({ what, measured: String(n), must: "0", isMet: n === 0 });
  return [
    {
      what: "decisions asked for",
      measured: String(asked.length),
      must: String(DECISIONS),
      isMet: asked.length === DECISIONS,
    },
    { what: "worker processes killed", measured: String(killed), must: String(KILLS), isMet: killed >= KILLS },
    none("still open", open),
    none("effects lost", bad.lost),
    none("effects that came twice", bad.twice),
    none("decisions not shown as confirmed", bad.notConfirmed),
    none("orders shown otherwise than at the vendor", bad.shownOtherwise),
    none("audit trails broken", bad.broken),
  ];
}

const portal = await startBenchPortal({ orders: 5 });
let workers: ReturnType<typeof keepWorkers> | null = null;
try {
  const wished = await askFor(portal);
  await armFaults(portal);
  const began = performance.now();
  workers = keepWorkers();
  const open = await waitUntilClosed(workers);
  const seconds = Math.round((performance.now() - began) / 1000);
  workers.end();
  const rows = await compare(portal, wished, open, workers.killed());
  console.table([...rows, { what: "seconds", measured: String(seconds), must: "", isMet: true }]);
  process.exitCode = rows.every(({ isMet }) => isMet) ? 0 : 1;
} finally {
  workers?.end();
  await portal.close();
}
