import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "#lib/database/new-id.ts";
import { QUEUE_SCHEMA } from "#lib/jobs/queue.ts";
import { QUEUE_NAMES, QUEUES, type QueueName } from "#lib/jobs/queue-schema.ts";
import { runJob } from "#lib/jobs/run-job.ts";
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

it("F52: a job as a newer version writes it is left for that version whole, spends no try and is there once", async () => {
  const name = "send-notification";
  const payload = { organisationId: newId(), userId: newId(), event: "of_tomorrow", subjects: [newId()], total: 1 };
  await boss.send(name, payload, { priority: 3 });
  for (let version = 0; version < 3; version++) {
    const job = (await take(name))!;
    expect(job).toMatchObject({ data: payload, priority: 3, retryCount: 0 });
    expect(await runJob(boss, name, job)).toBe("left");
    await boss.complete(name, job.id);
    expect(await take(name), "a moment later it still waits").toBeUndefined();
    const [waiting, ...more] = await boss.findJobs<object>(name, { queued: true });
    expect(more).toEqual([]);
    expect(waiting!.startAfter.getTime() - Date.now()).toBeGreaterThan(20_000);
    await boss.deleteJob(name, waiting!.id);
    await boss.send(name, waiting!.data, { priority: waiting!.priority }); // half a minute has gone by
  }
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
