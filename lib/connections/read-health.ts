import type { Connection, ConnectionHealth } from "#generated/prisma/client.ts";
import {
  type ConnectionHealthView,
  type Reconciliation,
  reconciliationSchema,
} from "#lib/connections/connection-schema.ts";
import { countLeftJobs } from "#lib/connections/count-left-jobs.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";

const HOUR_MS = 3_600_000;
/** Runs begin about this long after each other, ms. */
const SYNC_EVERY_MS = 60_000;
/** A breaker nobody has stirred for this long past its time says nothing about the vendor any more, ms. */
const BREAKER_FORGOTTEN_MS = 5 * 60_000;
/** Fewer orders than this have no rhythm. */
const LEAST_FOR_RHYTHM = 10;
/** A connection is quiet after so many times the longest silence among its last orders, and never within a day. */
const QUIET_FACTOR = 1.5;
const DAY_MS = 24 * HOUR_MS;

export type Counts = {
  scans: number;
  decisions: number;
  orders: number;
  jobs: number;
  lastOrderAt: Date | null;
  gapMs: number | null;
};

const NOTHING: Counts = { scans: 0, decisions: 0, orders: 0, jobs: 0, lastOrderAt: null, gapMs: null };

/** How each connection of the organisation stands, by its id. */
export async function readHealth(
  tx: TenantTransaction,
  organisationId: string,
  rows: readonly Connection[],
  now: Date,
): Promise<Map<string, ConnectionHealthView>> {
  const ids = rows.map((row) => row.id);
  const kept = await tx.connectionHealth.findMany({ where: { organisationId, connectionId: { in: ids } } });
  const counts = await countAll(tx, organisationId, ids);
  const byId = new Map(kept.map((health) => [health.connectionId, health]));
  return new Map(
    rows.map((row) => [row.id, toHealthView(row, byId.get(row.id) ?? null, counts.get(row.id) ?? NOTHING, now)]),
  );
}

/** What waits and since when, per connection; the rhythm is the longest pause between the last fifty orders. */
async function countAll(tx: TenantTransaction, organisationId: string, ids: string[]): Promise<Map<string, Counts>> {
  const left = await countLeftJobs(tx, organisationId);
  const rows = await tx.$queryRaw<(Omit<Counts, "jobs"> & { id: string })[]>`
    SELECT c.id, p.scans, d.decisions, w.orders, r.last_at AS "lastOrderAt", r.gap_ms AS "gapMs"
    FROM unnest(${ids}::uuid[]) AS c (id)
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS scans FROM scans AS s JOIN orders AS o ON o.id = s.order_id
      WHERE s.organisation_id = ${organisationId}::uuid AND s.state = 'waiting' AND s.problem = 'reconnect_needed'
        AND o.connection_id = c.id) AS p
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS decisions FROM decisions AS n JOIN orders AS o ON o.id = n.order_id
      WHERE n.organisation_id = ${organisationId}::uuid AND n.state IN ('requested', 'sending')
        AND o.connection_id = c.id) AS d
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS orders FROM orders AS o
      WHERE o.organisation_id = ${organisationId}::uuid AND o.connection_id = c.id
        AND (o.detail_fetched_at IS NULL OR o.detail_fetched_at < o.fetched_at)) AS w
    CROSS JOIN LATERAL (
      SELECT max(received_at) AS last_at,
        CASE WHEN count(*) >= ${LEAST_FOR_RHYTHM} THEN max(extract(epoch FROM gap) * 1000)::float8 END AS gap_ms
      FROM (
        SELECT received_at, received_at - lead(received_at) OVER (ORDER BY received_at DESC) AS gap
        FROM orders WHERE organisation_id = ${organisationId}::uuid AND connection_id = c.id
        ORDER BY received_at DESC, id DESC LIMIT 50) AS last_ones) AS r`;
  return new Map(rows.map(({ id, ...counts }) => [id, { ...counts, jobs: left.get(id) ?? 0 }]));
}

/** Pure: the connection's row, what processes have written about its vendor, and what waits, as people see it. */
export function toHealthView(
  row: Pick<Connection, "state" | "refreshExpiresAt" | "syncStartedAt" | "lastSyncAt">,
  health: ConnectionHealth | null,
  counts: Counts,
  now: Date,
): ConnectionHealthView {
  const { lastOrderAt, gapMs, ...parked } = counts;
  const isConnected = row.state === "connected";
  const pausedUntil = health?.pausedUntil && health.pausedUntil > now ? health.pausedUntil : null;
  const breaker = breakerNow(health, now);
  const held = [pausedUntil, breaker === "open" ? (health?.breakerNextTryAt ?? null) : null].filter(
    (at) => at !== null,
  );
  const due = new Date(Math.max(now.getTime(), (row.syncStartedAt?.getTime() ?? 0) + SYNC_EVERY_MS));
  const next = [...held, due].reduce((a, b) => (a > b ? a : b));
  const isQuiet = gapMs !== null && lastOrderAt && now.getTime() - lastOrderAt.getTime() > quietAfter(gapMs);
  return {
    breaker,
    errorRate: errorRate(health, now),
    pausedUntil: pausedUntil?.toISOString() ?? null,
    nextAttemptAt: isConnected ? next.toISOString() : null,
    parked,
    quietSince: isConnected && isQuiet ? lastOrderAt.toISOString() : null,
    renewWithinDays: renewWithin(row.refreshExpiresAt, health),
    check: health?.checkedAt ? { at: health.checkedAt.toISOString(), taken: health.checkResult === "taken" } : null,
    reconciliation: reconciliationOf(health),
  };
}

function quietAfter(gapMs: number): number {
  return Math.max(DAY_MS, gapMs * QUIET_FACTOR);
}

function breakerNow(health: ConnectionHealth | null, now: Date): ConnectionHealthView["breaker"] {
  const nextTryAt = health?.breakerNextTryAt;
  if (!health || !nextTryAt || health.breaker === "closed") return "closed";
  if (nextTryAt > now) return "open";
  return now.getTime() - nextTryAt.getTime() < BREAKER_FORGOTTEN_MS ? "half_open" : "closed";
}

/** Failed calls of all calls in this hour and the one before; null without a call. */
function errorRate(health: ConnectionHealth | null, now: Date): number | null {
  if (!health) return null;
  const hours = Math.floor(now.getTime() / HOUR_MS) - Math.floor(health.hour.getTime() / HOUR_MS);
  if (hours > 1) return null;
  const earlier = hours === 0 ? { calls: health.earlierCalls, failures: health.earlierFailures } : NO_CALLS;
  const calls = health.calls + earlier.calls;
  return calls === 0 ? null : (health.failures + earlier.failures) / calls;
}

const NO_CALLS = { calls: 0, failures: 0 };

/** The reminder's mark, as long as it is about the sign-in that is here now. */
function renewWithin(refreshExpiresAt: Date | null, health: ConnectionHealth | null): number | null {
  if (!refreshExpiresAt || !health?.remindedAt) return null;
  return health.reminderFor?.getTime() === refreshExpiresAt.getTime() ? health.reminderDays : null;
}

function reconciliationOf(health: ConnectionHealth | null): Reconciliation | null {
  return reconciliationSchema
    .nullable()
    .catch(null)
    .parse(health?.reconciliation ?? null);
}
