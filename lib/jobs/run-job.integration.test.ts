import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readConnection } from "#lib/connections/list-connections.ts";
import { newId } from "#lib/database/new-id.ts";
import { readMetrics } from "#lib/health/read-metrics.ts";
import { leaveOptions, wakeLeftJobs } from "#lib/jobs/left-jobs.ts";
import { QUEUE_SCHEMA } from "#lib/jobs/queue.ts";
import { QUEUE_NAMES, QUEUES, type QueueName } from "#lib/jobs/queue-schema.ts";
import { runJob } from "#lib/jobs/run-job.ts";
import { insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

let db: TestDatabase;
let boss: PgBoss;

beforeAll(async () => {
  db = await createTestDatabase();
  const connectionString = db.url;
  boss = new PgBoss({ connectionString, schema: QUEUE_SCHEMA, migrate: false, createSchema: false, supervise: false });
  boss.on("error", () => {});
  await boss.start();
});
afterAll(async () => {
  await boss.stop({ graceful: false, close: true });
  await db.drop();
});

async function take(name: QueueName) {
  const [job] = await boss.fetch<object>(name, { includeMetadata: true });
  return job && { ...job, signal: new AbortController().signal };
}

const OF_TOMORROW = { organisationId: newId(), userId: newId(), event: "of_tomorrow", subjects: [newId()], total: 1 };

/** What waits in a queue, and in how many seconds it is looked at. */
async function waitingIn(name: QueueName) {
  const jobs = await boss.findJobs<object>(name, { queued: true });
  return jobs.map((job) => ({ ...job, inSeconds: Math.round((job.startAfter.getTime() - Date.now()) / 1000) }));
}

it("F52: a job as a newer version writes it is left for that version whole, spends no try and is there once, looked at ever more seldom", async () => {
  const name = "send-notification";
  await boss.send(name, OF_TOMORROW, { priority: 3 });
  const pauses: number[] = [];
  for (let time = 0; time < 10; time++) {
    const job = (await take(name))!;
    expect(job).toMatchObject({ data: OF_TOMORROW, priority: 3, retryCount: 0 });
    expect(await runJob(boss, name, job)).toBe("left");
    await boss.complete(name, job.id);
    expect(await take(name), "a moment later it still waits").toBeUndefined();
    const [waiting, ...more] = await waitingIn(name);
    expect(more).toEqual([]);
    pauses.push(Math.round(waiting!.inSeconds / 30) * 30);
    await wakeLeftJobs(); // its time has come, or a worker of another version has started
  }
  expect(pauses).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
  await boss.deleteAllJobs(name);
});

it("F52: while such a job waits, this version's own about the same thing goes on, and its like come together", async () => {
  const name = "carry-out-decision";
  const payload = { organisationId: newId(), decisionId: newId() };
  const ofTomorrow = { ...payload, decisionId: `v2:${payload.decisionId}` };
  for (let time = 0; time < 3; time++) {
    await boss.send(name, ofTomorrow, { singletonKey: payload.decisionId });
    const job = (await take(name))!;
    expect(await runJob(boss, name, job)).toBe("left");
    await boss.complete(name, job.id);
  }
  expect(await boss.send(name, payload, { singletonKey: payload.decisionId })).not.toBeNull();
  expect(await take(name)).toMatchObject({ data: payload });
  expect(await waitingIn(name)).toMatchObject([{ data: ofTomorrow }]);
  await boss.deleteAllJobs(name);
});

it("F52: a connection shows how many jobs about it wait for another version", async () => {
  const admin = await makePrincipal("lab", "admin");
  const connection = await makeConnection(admin);
  const { organisationId } = admin;
  const [orderId] = await insertOrders(connection, [{}]);
  const count = async () => (await readConnection(admin, connection.id)).health.parked.jobs;
  expect(await count()).toBe(0);
  const left: [QueueName, object][] = [
    ["sync-connection", { organisationId, connectionId: connection.id, depth: 2 }],
    ["refresh-order", { organisationId, orderId }],
    ["fetch-scan", { organisationId, scanId: "no id at all" }],
    ["draw-thumbnail", { organisationId: newId(), orderId }],
  ];
  for (const [name, payload] of left) await boss.send(name, payload, leaveOptions({ singletonKey: null, priority: 0 }));
  expect(await count()).toBe(2);
  expect((await readMetrics()).text).toContain('casebench_jobs_left{queue="fetch-scan"} 1');
});

const id = newId();

/** What versions before have put in, one of each shape: it may still wait when the next one starts. Only ever added to. */
const WRITTEN: [QueueName, object][] = [
  ["sync-connection", { organisationId: id, connectionId: id }],
  ["refresh-order", { organisationId: id, orderId: id }],
  ["carry-out-decision", { organisationId: id, decisionId: id }],
  ["fetch-scan", { organisationId: id, scanId: id }],
  ["fetch-scan", { organisationId: id, scanId: id, wanted: true }],
  ["draw-thumbnail", { organisationId: id, orderId: id }],
  ["carry-out-upload", { organisationId: id, uploadId: id }],
  ["send-invitation", { organisationId: id, invitationId: id }],
  ["send-password-reset", { userId: id }],
  ["send-renewal-reminder", { organisationId: id, connectionId: id, userId: id, days: 7 }],
  ["send-notification", { organisationId: id, userId: id, event: "order_arrived", subjects: [id], total: 1 }],
  ["tick", {}],
  ["nightly", {}],
];

it("F52: every job that a version before has put in is understood, and what a newer one adds to it is no hindrance", () => {
  for (const [name, payload] of WRITTEN)
    for (const data of [payload, { ...payload, ofTomorrow: true }])
      expect(QUEUES[name]?.payload.safeParse(data).success, `${name} ${JSON.stringify(data)}`).toBe(true);
  expect(new Set(WRITTEN.map(([name]) => name))).toEqual(new Set(QUEUE_NAMES));
});
