import { fromPrisma, PgBoss } from "pg-boss";
import { requireDatabaseUrl } from "#lib/database/database-url.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { type JobPayload, QUEUES, type QueueName } from "#lib/jobs/queue-schema.ts";
import { log } from "#lib/log/log.ts";

/** pg-boss keeps its tables in a schema of its own, outside Prisma's. */
export const QUEUE_SCHEMA = "jobs";

const shared = globalThis as typeof globalThis & { casebenchSender?: Promise<PgBoss> };

export type EnqueueOptions = {
  /** At most one job waits per queue and key; by default the payload's own id. */
  singletonKey?: string;
  /** An instant, or seconds from now. */
  startAfter?: Date | number;
  /** Higher goes first. */
  priority?: number;
};

/**
 * Puts a job into its queue within the caller's transaction: a rolled-back change leaves no job.
 * @returns the job's id, or null when one with the same key already waits
 */
export async function enqueue<N extends QueueName>(
  tx: TenantTransaction,
  queue: N,
  payload: JobPayload<N>,
  options: EnqueueOptions = {},
): Promise<string | null> {
  const boss = await sender();
  const singletonKey = options.singletonKey ?? ownKey(queue, payload);
  return boss.send(queue, payload as object, {
    ...options,
    ...(singletonKey ? { singletonKey } : {}),
    db: fromPrisma(tx),
  });
}

/** Puts many jobs of one queue in with one statement; the same rules as {@link enqueue}. */
export async function enqueueAll<N extends QueueName>(
  tx: TenantTransaction,
  queue: N,
  jobs: readonly { payload: JobPayload<N>; priority?: number; singletonKey?: string }[],
): Promise<void> {
  if (jobs.length === 0) return;
  const boss = await sender();
  await boss.insert(
    queue,
    jobs.map(({ payload, priority, singletonKey = ownKey(queue, payload) }) => ({
      data: payload as object,
      ...(priority === undefined ? {} : { priority }),
      ...(singletonKey ? { singletonKey } : {}),
    })),
    { db: fromPrisma(tx) },
  );
}

/** The payload's own id, where its queue holds one job of each. */
function ownKey<N extends QueueName>(queue: N, payload: JobPayload<N>): string | undefined {
  const { key } = QUEUES[queue];
  return key ? String((payload as Record<string, string>)[key]) : undefined;
}

/** A pg-boss that only sends: the worker process runs the one that works. */
async function sender(): Promise<PgBoss> {
  shared.casebenchSender ??= startSender().catch((error) => {
    delete shared.casebenchSender;
    throw error;
  });
  return shared.casebenchSender;
}

async function startSender(): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: requireDatabaseUrl(),
    schema: QUEUE_SCHEMA,
    max: 2,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
  });
  boss.on("error", (err) => log.error({ err }, "queue: sender"));
  await boss.start();
  return boss;
}

/** Ends the sender's connections; the next {@link enqueue} opens them again. */
export async function closeQueue(): Promise<void> {
  const open = shared.casebenchSender;
  delete shared.casebenchSender;
  await (await open?.catch(() => undefined))?.stop({ graceful: false, close: true });
}
