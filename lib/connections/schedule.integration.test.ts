import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { runNightly } from "#lib/jobs/nightly-job.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { runTick } from "#lib/jobs/tick-job.ts";
import { insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

import { listConnections } from "./list-connections.ts";
import { compareOrders, reconcileOrders } from "./reconcile-orders.ts";

let db: TestDatabase;
let lab: Principal;
let connection: Connection;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});
beforeEach(async () => {
  lab = await makePrincipal();
  connection = await makeConnection(lab);
});

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
const change = (data: Partial<Connection>) =>
  database().connection.update({ where: { id: connection.id }, data: data as { state: string } });
const waiting = async () => {
  const [row] = await database().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM jobs.job WHERE name = 'sync-connection' AND data->>'connectionId' = ${connection.id}`;
  return row!.n;
};

it.each([
  ["was never synced", {}, 1],
  ["was synced a minute ago", { syncStartedAt: ago(61), lastSyncAt: ago(60) }, 1],
  ["was synced just now", { syncStartedAt: ago(10), lastSyncAt: ago(9) }, 0],
  ["was stopped by a problem just now", { syncStartedAt: ago(10), lastSyncAt: ago(100), problemAt: ago(9) }, 0],
  ["was left behind by a killed process", { syncStartedAt: ago(5), lastSyncAt: ago(65) }, 1],
  ["waits for a person", { state: "reconnect_needed" }, 0],
  ["was removed", { state: "disconnected" }, 0],
])("each minute, a connection that %s is asked for as often as it should", async (_, data, jobs) => {
  await change(data);
  await runTick();
  await runTick();
  expect(await waiting()).toBe(jobs);
});

describe("every night", () => {
  const cursorOf = async (id: string) => (await database().connection.findUniqueOrThrow({ where: { id } })).cursor;
  const reconciled = async (id: string) =>
    (await listConnections(lab)).items.find((item) => item.id === id)!.health.reconciliation;
  /** A run that has read every order of the account, beginning now. */
  const wholeRun = async (id: string) => {
    const row = await database().connection.findUniqueOrThrow({ where: { id } });
    return { connection: row, startedAt: new Date(), isRequested: false, isResumed: false, isHourly: false };
  };

  it("a connection that lacks orders is read from the beginning, and a large one that lacks none is not", async () => {
    await change({ cursor: ago(60), ordersUpstream: 2_500 });
    const { vendor, organisationId } = connection;
    await database().orderCount.create({
      data: {
        organisationId,
        connectionId: connection.id,
        vendor,
        status: "pending",
        completeness: "complete",
        n: 2_500,
      },
    });
    const short = await makeConnection(lab);
    await database().connection.update({ where: { id: short.id }, data: { cursor: ago(60), ordersUpstream: 1 } });
    await reconcileOrders();
    expect(await cursorOf(connection.id)).not.toBeNull();
    expect(await cursorOf(short.id)).toBeNull();
    expect(await reconciled(connection.id)).toMatchObject({ upstream: 2_500, here: 2_500, missing: 0, surplus: 0 });
    expect(await reconciled(short.id)).toMatchObject({ upstream: 1, here: 0, missing: 1, surplus: 0, found: null });
    await compareOrders(await wholeRun(short.id), { inserted: 1, changed: 0 });
    expect(await reconciled(short.id)).toMatchObject({ missing: 1, found: { inserted: 1, changed: 0 } });
  });

  it("a large one is read again all the same when its orders were not compared for a week", async () => {
    const { vendor, organisationId } = connection;
    const counted = {
      organisationId,
      connectionId: connection.id,
      vendor,
      status: "pending",
      completeness: "complete",
    };
    await database().orderCount.create({ data: { ...counted, n: 2_500 } });
    await change({ cursor: ago(60), ordersUpstream: 2_500, createdAt: ago(8 * 86_400) });
    await reconcileOrders();
    expect(await cursorOf(connection.id)).toBeNull();
    await compareOrders(await wholeRun(connection.id), { inserted: 0, changed: 0 });
    await change({ cursor: ago(60) });
    await reconcileOrders();
    expect(await cursorOf(connection.id)).not.toBeNull();
  });

  it("orders are compared one by one: equal counts hide neither a missing one nor one that is gone", async () => {
    const [kept, gone] = await insertOrders(connection, [{}, {}]);
    await change({ cursor: ago(60), ordersUpstream: 2 });
    await runNightly();
    expect(await cursorOf(connection.id)).toBeNull();
    expect(await reconciled(connection.id)).toMatchObject({ missing: 0, surplus: 0, found: null });
    const run = await wholeRun(connection.id);
    const seen = { syncedAt: new Date(), vendorUpdatedAt: ago(86_400) };
    await database().order.update({ where: { id: kept! }, data: seen });
    await database().order.update({ where: { id: gone! }, data: { syncedAt: ago(60), createdAt: ago(60) } });
    const [missed] = await insertOrders(connection, [{ number: "missed" }]);
    await database().order.update({ where: { id: missed! }, data: { ...seen, createdAt: new Date() } });
    await compareOrders(run, { inserted: 1, changed: 0 });
    expect(await reconciled(connection.id)).toMatchObject({
      missing: 1,
      surplus: 1,
      found: { inserted: 1, changed: 0 },
    });
  });
});

it("every night, states nobody came back with are deleted", async () => {
  const { organisationId, userId, via } = lab;
  const state = { organisationId, userId, principal: via, vendor: "meditlink", redirectUri: "x" };
  await database().oauthState.createMany({
    data: [
      { ...state, stateHash: Buffer.from("old"), expiresAt: ago(90_000) },
      { ...state, stateHash: Buffer.from("new"), expiresAt: ago(60) },
    ],
  });
  await runNightly();
  expect(await database().oauthState.count({ where: { organisationId } })).toBe(1);
});
