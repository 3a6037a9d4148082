import type { JobWithMetadata, PgBoss } from "pg-boss";
import { HANDLERS } from "#lib/jobs/handlers.ts";
import { leaveOptions } from "#lib/jobs/left-jobs.ts";
import { QUEUES, type QueueName } from "#lib/jobs/queue-schema.ts";
import { log } from "#lib/log/log.ts";

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
      await boss.send(name, job.data, leaveOptions(job));
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
