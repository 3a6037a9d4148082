import { type JobWithMetadata, PgBoss } from "pg-boss";
import { closeDatabase } from "#lib/database/database.ts";
import { requireDatabaseUrl } from "#lib/database/database-url.ts";
import { env } from "#lib/env.ts";
import { HANDLERS } from "#lib/jobs/handlers.ts";
import { wakeLeftJobs } from "#lib/jobs/left-jobs.ts";
import { closeQueue, QUEUE_SCHEMA } from "#lib/jobs/queue.ts";
import { QUEUE_NAMES, type QueueName } from "#lib/jobs/queue-schema.ts";
import { runJob } from "#lib/jobs/run-job.ts";
import { log } from "#lib/log/log.ts";
import { startDropOfPortal } from "#lib/sftp-drop/start-drop-of-portal.ts";

/** The worker process: all background work, any number of them side by side. Started by `npm start`, stopped by SIGTERM. */

/** How long running jobs may finish after SIGTERM, in ms; what is left is taken up again by its heartbeat. */
const GRACE_MS = 8_000;

const boss = new PgBoss({
  connectionString: requireDatabaseUrl(),
  schema: QUEUE_SCHEMA,
  migrate: false,
  createSchema: false,
  useListenNotify: true,
  superviseIntervalSeconds: 10,
  monitorIntervalSeconds: 10,
  max: 10,
});
boss.on("error", (err) => log.error({ err }, "queue"));
boss.on("warning", (warning) => log.warn({ warning: String(warning.message ?? "") }, "queue"));

await boss.start();
const drop = await startDropOfPortal();
for (const name of QUEUE_NAMES) await work(name);
await boss.schedule("tick", "* * * * *");
await boss.schedule("nightly", "17 2 * * *", {}, { tz: "UTC" });
await boss.send("tick", {});
await wakeLeftJobs().catch((err) => log.warn({ err }, "left jobs wait for their time"));
log.info({ queues: QUEUE_NAMES.length, level: env().LOG_LEVEL }, "worker ready");

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());

async function work(name: QueueName): Promise<void> {
  const pace = {
    batchSize: 1,
    localConcurrency: HANDLERS[name].concurrency,
    pollingIntervalSeconds: 1,
    notifyPollingIntervalSeconds: 5,
  };
  await boss.work(name, { ...pace, includeMetadata: true }, async ([job]: JobWithMetadata<object>[]) => {
    if (job) await runJob(boss, name, job);
  });
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info("worker stopping");
  await boss.stop({ graceful: true, timeout: GRACE_MS, close: true });
  await drop?.close();
  await closeQueue();
  await closeDatabase();
  process.exit(0);
}
