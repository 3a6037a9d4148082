import type { JobWithMetadata, PgBoss } from "pg-boss";
import { HANDLERS } from "#lib/jobs/handlers.ts";
import { QUEUES, type QueueName } from "#lib/jobs/queue-schema.ts";
import { log } from "#lib/log/log.ts";

/** Until a job of another version is looked at again, seconds: another worker's, or this one's when it was brought up to date. */
const LEAVE_SECONDS = 30;

type Run = (payload: unknown, context: { signal: AbortSignal }) => Promise<void>;

/**
 * Runs one job of a queue. One whose payload this version does not understand is put back whole and spends no try: while a newer
 * version is brought out, or taken back, a worker of each takes jobs.
 * @throws "job failed", nothing else: what the queue keeps about a failure must hold no vendor text
 */
export async function runJob(
  boss: Pick<PgBoss, "send">,
  name: QueueName,
  job: JobWithMetadata<object>,
): Promise<"done" | "left"> {
  const started = performance.now();
  const entry = { queue: name, jobId: job.id, try: job.retryCount + 1 };
  const payload = QUEUES[name].payload.safeParse(job.data ?? {});
  try {
    if (!payload.success) {
      const { singletonKey, priority } = job;
      const options = { startAfter: LEAVE_SECONDS, priority, ...(singletonKey ? { singletonKey } : {}) };
      await boss.send(name, job.data, options);
      log.warn(entry, "job of another version left for it");
      return "left";
    }
    await (HANDLERS[name].run as Run)(payload.data, { signal: job.signal });
    log.debug({ ...entry, ms: Math.round(performance.now() - started) }, "job done");
    return "done";
  } catch (err) {
    log.warn({ ...entry, err }, "job failed");
    throw new Error("job failed");
  }
}
