import type { SyncRun } from "#lib/connections/sync-run.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { log } from "#lib/log/log.ts";

/**
 * Compares each connection with its vendor's count and keeps the difference (`reconciliationSchema`). Where orders are missing the next run reads all of
 * them again: orders are asked for once more, never given up.
 */
export async function reconcileOrders(): Promise<void> {
  const differing = await database().$queryRaw<{ id: string; missing: number }[]>`
    WITH counted AS (
      SELECT id, organisation_id, orders_upstream AS upstream,
        coalesce((SELECT sum(n) FROM order_counts WHERE connection_id = connections.id), 0)::int AS here
      FROM connections WHERE state = 'connected' AND orders_upstream IS NOT NULL
    ), kept AS (
      INSERT INTO connection_health (connection_id, organisation_id, reconciliation)
      SELECT id, organisation_id, jsonb_build_object(
        'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'upstream', upstream, 'here', here,
        'missing', greatest(upstream - here, 0), 'surplus', greatest(here - upstream, 0), 'found', NULL)
      FROM counted
      ON CONFLICT (connection_id) DO UPDATE SET reconciliation = EXCLUDED.reconciliation
    )
    UPDATE connections AS c SET cursor = NULL FROM counted
    WHERE counted.id = c.id AND counted.upstream > counted.here
    RETURNING c.id, counted.upstream - counted.here AS missing`;
  for (const { id, missing } of differing)
    log.warn({ connectionId: id, missing }, "reconcile: reading everything again");
}

/** Adds what a run that read everything again has found. */
export async function keepFound(run: SyncRun, found: { inserted: number; changed: number }): Promise<void> {
  const { id, organisationId } = run.connection;
  await withOrganisation(
    organisationId,
    (tx) => tx.$executeRaw`
      UPDATE connection_health
      SET reconciliation = jsonb_set(reconciliation, '{found}',
        jsonb_build_object('inserted', ${found.inserted}::int, 'changed', ${found.changed}::int))
      WHERE connection_id = ${id}::uuid AND organisation_id = ${organisationId}::uuid
        AND reconciliation->'found' = 'null' AND (reconciliation->>'missing')::int > 0`,
  );
}
