import { type JobWithMetadata, PgBoss } from "pg-boss";
import { closeDatabase } from "#lib/database/database.ts";
import { requireDatabaseUrl } from "#lib/database/database-url.ts";
import { env } from "#lib/env.ts";
import { HANDLERS } from "#lib/jobs/handlers.ts";
import { closeQueue, QUEUE_SCHEMA } from "#lib/jobs/queue.ts";
import { QUEUE_NAMES, QUEUES, type QueueName } from "#lib/jobs/queue-schema.ts";
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
log.info({ queues: QUEUE_NAMES.length, level: env().LOG_LEVEL }, "worker ready");

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());

async function work<N extends QueueName>(name: N): Promise<void> {
  const { run, concurrency } = HANDLERS[name];
  const pace = {
    batchSize: 1,
    localConcurrency: concurrency,
    pollingIntervalSeconds: 1,
    notifyPollingIntervalSeconds: 5,
  };
  await boss.work(name, { ...pace, includeMetadata: true }, async ([job]: JobWithMetadata<object>[]) => {
    if (job) await runJob(name, job, run as (payload: unknown, context: { signal: AbortSignal }) => Promise<void>);
  });
}

async function runJob(
  name: QueueName,
  job: JobWithMetadata<object>,
  run: (payload: unknown, context: { signal: AbortSignal }) => Promise<void>,
): Promise<void> {
  const started = performance.now();
  const entry = { queue: name, jobId: job.id, try: job.retryCount + 1 };
  try {
    await run(QUEUES[name].payload.parse(job.data ?? {}), { signal: job.signal });
    log.debug({ ...entry, ms: Math.round(performance.now() - started) }, "job done");
  } catch (err) {
    log.warn({ ...entry, err }, "job failed");
    throw new Error("job failed"); // what pg-boss keeps about a failure must hold no vendor text
  }
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
