import { database } from "#lib/database/database.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/**
 * Asks for a sync of every connection whose last run began about a minute ago or more, or never ended: the schedule's own view
 * over all organisations. Whether a run that has not ended still lives is found out by its lock.
 */
export async function requestDueSyncs(): Promise<void> {
  const due = await database().$queryRaw<{ id: string; organisation_id: string }[]>`
    SELECT id, organisation_id FROM connections
    WHERE state = 'connected' AND (
      coalesce(sync_started_at < now() - interval '50 seconds', true)
      OR NOT coalesce(greatest(last_sync_at, problem_at) >= sync_started_at, false))
    ORDER BY sync_started_at NULLS FIRST`;
  for (const { id, organisation_id } of due)
    await enqueue(database(), "sync-connection", { organisationId: organisation_id, connectionId: id });
}
