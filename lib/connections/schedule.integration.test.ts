import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Connection } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { runNightly } from "#lib/jobs/nightly-job.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { runTick } from "#lib/jobs/tick-job.ts";
import { insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

import { listConnections, readConnection } from "./list-connections.ts";
import { keepFound } from "./reconcile-orders.ts";

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

it("every night, a connection that lacks orders is read from the beginning, and no other", async () => {
  await insertOrders(connection, [{}, {}, {}]);
  await change({ cursor: ago(60), ordersUpstream: 3 });
  const short = await makeConnection(lab);
  await database().connection.update({ where: { id: short.id }, data: { cursor: ago(60), ordersUpstream: 1 } });
  await runNightly();
  const cursorOf = async (id: string) => (await database().connection.findUniqueOrThrow({ where: { id } })).cursor;
  expect(await cursorOf(connection.id)).not.toBeNull();
  expect(await cursorOf(short.id)).toBeNull();
  const { items } = await listConnections(lab);
  const reconciled = (id: string) => items.find((item) => item.id === id)!.health.reconciliation;
  expect(reconciled(connection.id)).toMatchObject({ upstream: 3, here: 3, missing: 0, surplus: 0, found: null });
  expect(reconciled(short.id)).toMatchObject({ upstream: 1, here: 0, missing: 1, surplus: 0, found: null });
  const row = await database().connection.findUniqueOrThrow({ where: { id: short.id } });
  const run = { connection: row, startedAt: new Date(), isRequested: false, isResumed: false, isHourly: false };
  await keepFound(run, { inserted: 1, changed: 0 });
  const { health } = await readConnection(lab, short.id);
  expect(health.reconciliation).toMatchObject({ missing: 1, found: { inserted: 1, changed: 0 } });
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
