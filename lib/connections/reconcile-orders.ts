import type { SyncRun } from "#lib/connections/sync-run.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { log } from "#lib/log/log.ts";

/** Accounts up to this many orders are compared order by order every night: fifty list calls. */
const FEW_ORDERS = 2_000;
/** Larger ones at least this often, days. */
const COMPARED_EVERY_DAYS = 7;
/** An order that changed this shortly before the comparison may simply not have come yet, minutes. */
const ON_ITS_WAY_MINUTES = 15;

/**
 * Compares each connection with its vendor's count and keeps the difference (`reconciliationSchema`). Where orders are missing the
 * next run reads all of them again: orders are asked for once more, never given up. Equal counts may hide one order too many and
 * one too few; so small accounts every night, and large ones every week, are read again whole all the same.
 */
export async function reconcileOrders(): Promise<void> {
  const again = await database().$queryRaw<{ id: string; missing: number }[]>`
    WITH counted AS (
      SELECT id, organisation_id, orders_upstream AS upstream, created_at,
        coalesce((SELECT sum(n) FROM order_counts WHERE connection_id = connections.id), 0)::int AS here
      FROM connections WHERE state = 'connected' AND orders_upstream IS NOT NULL
    ), kept AS (
      INSERT INTO connection_health AS h (connection_id, organisation_id, reconciliation)
      SELECT id, organisation_id, jsonb_build_object(
        'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'upstream', upstream, 'here', here,
        'missing', greatest(upstream - here, 0), 'surplus', greatest(here - upstream, 0), 'found', NULL)
      FROM counted
      ON CONFLICT (connection_id) DO UPDATE SET reconciliation = EXCLUDED.reconciliation
        || jsonb_build_object('comparedAt', h.reconciliation->'comparedAt')
      RETURNING connection_id, coalesce((reconciliation->>'comparedAt')::timestamptz, '-infinity') AS compared_at
    )
    UPDATE connections AS c SET cursor = NULL FROM counted JOIN kept ON kept.connection_id = counted.id
    WHERE counted.id = c.id AND (counted.upstream > counted.here OR counted.here <= ${FEW_ORDERS}
      OR greatest(kept.compared_at, counted.created_at) < now() - make_interval(days => ${COMPARED_EVERY_DAYS}))
    RETURNING c.id, counted.upstream - counted.here AS missing`;
  for (const { id, missing } of again)
    if (missing > 0) log.warn({ connectionId: id, missing }, "reconcile: reading everything again");
}

/**
 * After a run that read every order of the account: what it did not see is no longer at the vendor, what it brought although it
 * had not changed of late was missing. Both replace the difference of the counts.
 */
export async function compareOrders(run: SyncRun, found: { inserted: number; changed: number }): Promise<void> {
  const { id, organisationId } = run.connection;
  const [difference] = await withOrganisation(
    organisationId,
    (tx) => tx.$queryRaw<{ missing: number; surplus: number }[]>`
      UPDATE connection_health AS h
      SET reconciliation = h.reconciliation || jsonb_build_object('missing', d.missing, 'surplus', d.surplus,
        'comparedAt', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'found', CASE WHEN d.missing + d.surplus > 0
          THEN jsonb_build_object('inserted', ${found.inserted}::int, 'changed', ${found.changed}::int) END)
      FROM (
        SELECT k.connection_id,
          greatest((k.reconciliation->>'missing')::int, count(*) FILTER (
            WHERE o.created_at >= ${run.startedAt} AND coalesce(o.vendor_updated_at, o.received_at)
              < (k.reconciliation->>'at')::timestamptz - make_interval(mins => ${ON_ITS_WAY_MINUTES}))::int) AS missing,
          count(*) FILTER (WHERE o.synced_at < ${run.startedAt})::int AS surplus
        FROM connection_health AS k LEFT JOIN orders AS o ON o.connection_id = k.connection_id
        WHERE k.connection_id = ${id}::uuid AND k.organisation_id = ${organisationId}::uuid
          AND k.reconciliation->'found' = 'null'
        GROUP BY k.connection_id, k.reconciliation
      ) AS d
      WHERE h.connection_id = d.connection_id AND h.organisation_id = ${organisationId}::uuid
      RETURNING d.missing, d.surplus`,
  );
  if (difference && difference.missing + difference.surplus > 0)
    log.warn({ connectionId: id, ...difference }, "reconcile: orders differed");
}
