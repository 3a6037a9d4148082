import { database } from "#lib/database/database.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/**
 * Asks for a sync of every connection whose last run began about a minute ago or more: the schedule's own view over all
 * organisations.
 */
export async function requestDueSyncs(): Promise<void> {
  const due = await database().$queryRaw<{ id: string; organisation_id: string }[]>`
    SELECT id, organisation_id FROM connections
    WHERE state = 'connected' AND coalesce(sync_started_at < now() - interval '50 seconds', true)
    ORDER BY sync_started_at NULLS FIRST`;
  for (const { id, organisation_id } of due)
    await enqueue(database(), "sync-connection", { organisationId: organisation_id, connectionId: id });
}
