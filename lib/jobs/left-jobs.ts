import type { JobWithMetadata, SendOptions } from "pg-boss";
import { database } from "#lib/database/database.ts";

/** The queue's group of jobs that a worker did not understand; its tier says how often one was put back. */
export const LEFT = "left-for-another-version";
/** Until such a job is looked at again, seconds: doubled each time, since it may be the leftover of a version that never returns. */
const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 3_600;

/**
 * How a job that this version does not understand is put back: whole, and looked at ever more seldom. Under a key of its own: while it
 * waits it must not keep this version's own job about the same thing out of the queue.
 */
export function leaveOptions(
  job: Pick<JobWithMetadata, "singletonKey" | "priority" | "groupId" | "groupTier">,
): SendOptions {
  const wasLeft = job.groupId === LEFT;
  const times = wasLeft ? Number(job.groupTier) || 0 : 0;
  const key = job.singletonKey && (wasLeft ? job.singletonKey : `${LEFT}:${job.singletonKey}`);
  return {
    startAfter: Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** times),
    priority: job.priority,
    group: { id: LEFT, tier: String(Math.min(times + 1, 20)) },
    ...(key ? { singletonKey: key } : {}),
  };
}

/** Called as a worker starts: it may be the version that the jobs were left for, which nobody wants to wait an hour for. */
export async function wakeLeftJobs(): Promise<void> {
  await database().$executeRaw`
    UPDATE jobs.job SET start_after = now() WHERE state < 'active' AND group_id = ${LEFT} AND start_after > now()`;
}
