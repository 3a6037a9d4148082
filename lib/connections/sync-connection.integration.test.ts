import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createOrders } from "#e2e/sandbox/seed-orders.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import type { JobPayload } from "#lib/jobs/queue-schema.ts";
import { runRefreshOrder } from "#lib/jobs/refresh-order-job.ts";
import { openPatient } from "#lib/orders/seal-order.ts";
import { connectByConsent, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { listConnections } from "./list-connections.ts";
import { onlyOneRun } from "./only-one-run.ts";
import { requestSync } from "./request-sync.ts";
import { syncConnection } from "./sync-connection.ts";
import { endRun } from "./sync-run.ts";

const LAB = "lab@onelab.example";
const ONE_LAB = "T05FTEFCXzE1NDgzODA1Nzk0MzY=";

let portal: PortalWithSandbox;
let admin: Principal;
let id: string;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 200 });
});
afterAll(() => portal.close());
beforeEach(async () => {
  portal.sandbox.world.faults.disarm();
  admin = await portal.makeOrganisation("OneLab");
  id = await connectByConsent(admin, LAB);
  portal.sandbox.world.calls.clear();
});

const sync = (options: { signal?: AbortSignal } = {}) =>
  syncConnection({ organisationId: admin.organisationId, connectionId: id }, options);
const here = () => database().order.findMany({ where: { connectionId: id }, orderBy: { number: "asc" } });
const upstream = () => portal.sandbox.world.ordersOf(ONE_LAB);
const calls = (path: RegExp) => portal.sandbox.world.calls.since(0).filter((call) => path.test(call.path));
const view = async () => (await listConnections(admin)).items[0]!;

/** Stored orders equal the vendor's: the same numbers, states, change times, files. */
async function expectConvergence(): Promise<void> {
  const rows = await database().order.findMany({
    where: { connectionId: id },
    include: { files: { where: { removedAt: null } } },
  });
  const stored = rows.map((row) => ({
    number: row.number,
    status: row.vendorStatus,
    updatedAt: row.vendorUpdatedAt && Math.floor(row.vendorUpdatedAt.getTime() / 1000),
    files: row.files.map((file) => file.key).sort(),
  }));
  const true_ = upstream().map((order) => ({
    number: String(order.number),
    status: (order.drift?.status as string | undefined) ?? order.status,
    updatedAt: Math.floor(order.updatedAt / 1000),
    files: (portal.sandbox.world.cases.get(order.orderCase)?.files ?? []).map((file) => file.uuid).sort(),
  }));
  const byNumber = (a: { number: string }, b: { number: string }) => (a.number < b.number ? -1 : 1);
  expect(stored.sort(byNumber)).toEqual(true_.sort(byNumber));
}

describe("a first sync", () => {
  it("brings all 200 orders whole, with every oddity, and breaks no rule of the vendor's protocol", async () => {
    await sync();
    await expectConvergence();
    expect(await view()).toMatchObject({ ordersHere: 200, ordersUpstream: 200, problem: null, sync: null });
    const rows = await here();
    expect(rows.every((row) => row.detailFetchedAt !== null)).toBe(true);
    expect(portal.sandbox.world.calls.violations()).toEqual([]);
    expect(calls(/orders\/search/)).toHaveLength(5);
    const scans = await database().order.findFirst({
      where: { connectionId: id, scansCount: { gt: 0 } },
      include: { scans: true },
    });
    expect(scans!.scans).toHaveLength(scans!.scansCount);
    const guide = rows.find((row) => row.number === String(upstream().at(-1)?.number)) ?? rows[0]!;
    expect(openPatient(admin.organisationId, guide.id, guide.patientSealed)).toHaveProperty("caseName");
  });

  it("queues the scans of fresh open orders and nobody else's", async () => {
    await sync();
    const jobs = await database().$queryRaw<{ scan: string }[]>`
      SELECT data->>'scanId' AS scan FROM jobs.job WHERE name = 'fetch-scan' AND data->>'organisationId' = ${admin.organisationId}`;
    const queued = new Set(jobs.map((job) => job.scan));
    const since = new Date(Date.now() - 90 * 86_400_000);
    const scans = await database().scan.findMany({ where: { order: { connectionId: id } }, include: { order: true } });
    const wanted = scans.filter(
      ({ order }) => ["pending", "accepted"].includes(order.status) && order.receivedAt > since,
    );
    expect(wanted.length).toBeGreaterThan(10);
    expect([...queued].sort()).toEqual(wanted.map((scan) => scan.id).sort());
  });
});

describe("a later sync", () => {
  it("changes nothing when nothing changed, with one call", async () => {
    await sync();
    await sync();
    const before = await here();
    portal.sandbox.world.calls.clear();
    await sync();
    const after = await here();
    expect(after.map(({ syncedAt, fetchedAt, detailFetchedAt, ...row }) => row)).toEqual(
      before.map(({ syncedAt, fetchedAt, detailFetchedAt, ...row }) => row),
    );
    expect(calls(/./).length).toBe(1);
  });

  it("brings what changed, once, with its history", async () => {
    await sync();
    const [first, second] = upstream().filter((order) => order.status === "PENDING");
    portal.sandbox.world.moveOrder(first!, "ACCEPTED", { action: "accept", by: "x", via: "vendor portal" });
    second!.drift = { description: "please hurry" };
    portal.sandbox.world.touchOrder(second!);
    await sync();
    await expectConvergence();
    const row = (await here()).find((order) => order.number === String(first!.number))!;
    expect(row.status).toBe("accepted");
    const events = await database().orderEvent.findMany({ where: { orderId: row.id }, orderBy: { at: "asc" } });
    expect(events.map((event) => event.kind)).toEqual(["order_arrived", "status_changed"]);
    expect(events[1]!.facts).toEqual({ from: "pending", to: "accepted", vendorFrom: "PENDING", vendorTo: "ACCEPTED" });
    const other = (await here()).find((order) => order.number === String(second!.number))!;
    expect(openPatient(admin.organisationId, other.id, other.patientSealed).description).toBe("please hurry");
    second!.drift = null;
  });

  it("F21: misses nothing that changes while pages are read", async () => {
    const { world } = portal.sandbox;
    const orders = upstream();
    let at = 0;
    world.live.searchLatencyMs = 5;
    const stirring = new AbortController();
    const stir = (async () => {
      while (!stirring.signal.aborted) {
        at += 7;
        world.touchOrder(orders[at % orders.length]!);
        await new Promise((resolve) => setImmediate(resolve));
        if (at > 7 * 60) break;
      }
    })();
    await sync();
    stirring.abort();
    await stir;
    world.live.searchLatencyMs = 0;
    await sync();
    await expectConvergence();
  });
});

describe("while a first sync is busy with whole orders", () => {
  /** A vendor answers whole orders in its own time; a machine under load must not be what is measured. */
  beforeEach(() => {
    const path = "orders/\\d+\\?";
    portal.sandbox.world.faults.arm({ vendor: "meditlink-api", path, fault: { kind: "delay", ms: 300 } });
  });

  /** Calls `at` at the nth call of a whole order; a page of the list is 40 orders. */
  function onDetail(n: number, at: () => void | Promise<void>): void {
    const { calls } = portal.sandbox.world;
    const add = calls.add.bind(calls);
    let seen = 0;
    calls.add = (call) => {
      if (/orders\/\d+\?/.test(call.path) && ++seen === n) {
        calls.add = add;
        void at();
      }
      return add(call);
    };
  }
  const place = () =>
    createOrders(portal.sandbox.world, 1, { buyer: upstream()[0]!.buyer, seller: ONE_LAB, status: "PENDING" })[0]!;
  const detailsRead = () => calls(/orders\/\d+\?/).map((call) => /\d+(?=\?)/.exec(call.path)?.[0]);

  it("an order placed meanwhile comes with the next look at the list, and before older ones", async () => {
    let number = 0;
    let ahead = 0;
    onDetail(30, () => {
      number = place();
      ahead = 11_000; // ten seconds pass
    });
    await syncConnection(
      { organisationId: admin.organisationId, connectionId: id },
      { clock: { now: () => new Date(Date.now() + ahead) } },
    );
    await expectConvergence();
    const at = detailsRead().indexOf(String(number));
    expect(at).toBeGreaterThanOrEqual(30);
    expect(at).toBeLessThan(detailsRead().length - 12);
  });

  it("a press of Sync is honoured by the run that is under way, without a second run", async () => {
    let number = 0;
    let pressed: Promise<void> | undefined;
    await database().connection.update({ where: { id }, data: { syncRequestedAt: new Date(Date.now() - 60_000) } });
    let ahead = 0;
    onDetail(30, () => {
      number = place();
      pressed = requestSync(admin, id).then(() => {
        ahead = 600; // the run asks twice a second
      });
    });
    await syncConnection(
      { organisationId: admin.organisationId, connectionId: id },
      { clock: { now: () => new Date(Date.now() + ahead) } },
    );
    await pressed;
    await expectConvergence();
    const at = detailsRead().indexOf(String(number));
    expect(at).toBeGreaterThanOrEqual(30);
    expect(at).toBeLessThan(detailsRead().length - 12);
    expect((await view()).sync).toBeNull();
  });

  it("a press that the run no longer sees is the next run's", async () => {
    await sync();
    await database().$executeRaw`DELETE FROM jobs.job WHERE name = 'sync-connection'`;
    const row = await database().connection.update({ where: { id }, data: { syncRequestedAt: new Date() } });
    const run = { connection: row, startedAt: new Date(), isRequested: false, isResumed: false, isHourly: false };
    await endRun(run, null);
    const waiting = async () =>
      database().$queryRaw`SELECT 1 FROM jobs.job WHERE name = 'sync-connection' AND data->>'connectionId' = ${id}`;
    expect(await waiting()).toHaveLength(0);
    await endRun(run, null, null);
    expect(await waiting()).toHaveLength(1);
  });
});

describe("F27: a run that is cut off", () => {
  it("leaves the cursor behind what is here, and the next one completes it", async () => {
    for (const after of [2, 4, 30, 120]) {
      const cut = new AbortController();
      let seen = 0;
      const { world } = portal.sandbox;
      const add = world.calls.add.bind(world.calls);
      world.calls.add = (call) => {
        if (++seen === after) cut.abort(new Error("killed"));
        return add(call);
      };
      await expect(sync({ signal: cut.signal })).rejects.toThrow();
      world.calls.add = add;
      const row = await database().connection.findUniqueOrThrow({ where: { id } });
      const rows = await here();
      if (row.cursor)
        for (const order of upstream())
          if (order.updatedAt <= row.cursor.getTime())
            expect(rows.map((r) => r.number)).toContain(String(order.number));
    }
    await sync();
    await expectConvergence();
    expect((await here()).every((row) => row.detailFetchedAt !== null)).toBe(true);
  });
});

describe("F26: duplicates", () => {
  it("twenty presses ask for one run, and two runs at once are one", async () => {
    await database().$executeRaw`DELETE FROM jobs.job WHERE name = 'sync-connection'`;
    await Promise.all(Array.from({ length: 20 }, () => requestSync(admin, id)));
    const [{ n } = { n: 0 }] = await database().$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM jobs.job WHERE name = 'sync-connection' AND data->>'connectionId' = ${id}`;
    expect(n).toBe(1);
    await Promise.all([sync(), sync(), sync()]);
    expect(calls(/orders\/search/)).toHaveLength(Math.ceil(upstream().length / 40));
    expect(await onlyOneRun(`sync ${id}`, async () => {})).toBe(true);
  });
});

describe("when the vendor misbehaves", () => {
  it("the run ends with a problem that says so, keeps what it has, and the next one clears it", async () => {
    portal.sandbox.world.faults.arm({ vendor: "meditlink-api", path: "orders/search", fault: { kind: "html" } });
    await sync();
    expect(await view()).toMatchObject({ problem: "vendor_bad_content", lastSyncAt: null, sync: null });
    portal.sandbox.world.faults.disarm();
    await sync();
    expect((await view()).problem).toBeNull();
    await expectConvergence();
  });

  it("one order that cannot be read stops no other, and comes by itself as soon as it can be read", async () => {
    const number = upstream()[3]!.number;
    portal.sandbox.world.faults.arm({
      vendor: "meditlink-api",
      path: `orders/${number}`,
      fault: { kind: "malformed" },
    });
    await sync();
    const missing = (await here()).filter((row) => row.detailFetchedAt === null);
    expect(missing.map((row) => row.number)).toEqual([String(number)]);
    const jobs = await database().$queryRaw<{ data: JobPayload<"refresh-order">; waits: boolean }[]>`
      SELECT data, start_after > now() AS waits FROM jobs.job
      WHERE name = 'refresh-order' AND data->>'organisationId' = ${admin.organisationId}`;
    expect(jobs).toEqual([{ data: { organisationId: admin.organisationId, orderId: missing[0]!.id }, waits: true }]);
    const { signal } = new AbortController();
    await expect(runRefreshOrder(jobs[0]!.data, { signal })).rejects.toMatchObject({ kind: "bad_content" });
    portal.sandbox.world.faults.disarm();
    await runRefreshOrder(jobs[0]!.data, { signal });
    await expectConvergence();
  });

  it("a connection whose credentials are dead is not synced, and goes on after somebody signed in again", async () => {
    const { world } = portal.sandbox;
    for (const token of [...world.accessTokens.values(), ...world.refreshTokens.values()]) token.expiresAt = 0;
    await sync();
    expect(await view()).toMatchObject({ state: "reconnect_needed", problem: "reconnect_needed" });
    await expect(requestSync(admin, id)).rejects.toMatchObject({ code: "reconnect_needed" });
    world.calls.clear();
    await sync();
    expect(calls(/./)).toHaveLength(0);
    expect(await connectByConsent(admin, LAB)).toBe(id);
    await sync();
    await expectConvergence();
  });
});

it("two organisations with the same account hold their own orders", async () => {
  const other = await portal.makeOrganisation("OneLab's branch");
  const otherId = await connectByConsent(other, LAB);
  await sync();
  await syncConnection({ organisationId: other.organisationId, connectionId: otherId });
  expect(await database().order.count({ where: { organisationId: other.organisationId } })).toBe(upstream().length);
  expect(await database().order.count({ where: { organisationId: admin.organisationId } })).toBe(upstream().length);
  const mixed = await database().order.count({
    where: { connectionId: otherId, organisationId: admin.organisationId },
  });
  expect(mixed).toBe(0);
  await syncConnection({ organisationId: admin.organisationId, connectionId: otherId });
  expect(await database().order.count({ where: { organisationId: admin.organisationId } })).toBe(upstream().length);
});
