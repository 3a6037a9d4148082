import type { Connection } from "#generated/prisma/client.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { announce } from "#lib/events/announce.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/** One run of a connection's sync, as its row shows it: begun, how far, ended whole or with a problem. */
export type SyncRun = {
  connection: Connection;
  startedAt: Date;
  /** Somebody asked for it. */
  isRequested: boolean;
  /** The run before it did not end whole. */
  isResumed: boolean;
  /** The first one in its hour: worth a look at what a small run takes for granted. */
  isHourly: boolean;
};

const HOUR_MS = 3_600_000;

/** @returns null when the connection is not to be synced: removed, paused, or waiting for a person */
export async function beginRun(organisationId: string, connectionId: string, startedAt: Date): Promise<SyncRun | null> {
  return withOrganisation(organisationId, async (tx) => {
    const before = await tx.connection.findFirst({ where: { id: connectionId, organisationId, state: "connected" } });
    if (!before) return null;
    await tx.$executeRaw`
      UPDATE connections SET sync_started_at = now(), sync_seen = 0, sync_total = NULL
      WHERE id = ${connectionId}::uuid AND organisation_id = ${organisationId}::uuid`;
    await announce(tx, { organisationId, topic: "connection", id: connectionId });
    const { syncStartedAt, syncRequestedAt, lastSyncAt } = before;
    const hourOf = (date: Date | null) => date && Math.floor(date.getTime() / HOUR_MS);
    return {
      connection: before,
      startedAt,
      isRequested: syncRequestedAt !== null && (!syncStartedAt || syncRequestedAt >= syncStartedAt),
      isResumed: syncStartedAt !== null && (!lastSyncAt || lastSyncAt < syncStartedAt),
      isHourly: hourOf(lastSyncAt) !== hourOf(startedAt),
    };
  });
}

/**
 * The run ended whole. A press of Sync that it has not seen any more is the next run's.
 * @param honoured the last press it has seen, epoch ms; by default the one it began with
 */
export async function endRun(
  { connection }: SyncRun,
  ordersUpstream: number | null,
  honoured: number | null = connection.syncRequestedAt?.getTime() ?? null,
): Promise<void> {
  const { id, organisationId } = connection;
  await withOrganisation(organisationId, async (tx) => {
    const [row] = await tx.$queryRaw<{ requested: Date | null }[]>`
      UPDATE connections SET last_sync_at = clock_timestamp(), problem = NULL, problem_at = NULL,
        orders_upstream = coalesce(${ordersUpstream}::int, orders_upstream)
      WHERE id = ${id}::uuid AND organisation_id = ${organisationId}::uuid AND state = 'connected'
      RETURNING sync_requested_at AS requested`;
    if (row?.requested && row.requested.getTime() !== honoured)
      await enqueue(tx, "sync-connection", { organisationId, connectionId: id }, { priority: 10 });
    await announce(tx, { organisationId, topic: "connection", id });
  });
}

/** The run ended early, for a reason with a sentence of its own; the next one goes on from the cursor. */
export async function stopRun({ connection }: SyncRun, problem: string, retryAfterMs: number | null): Promise<void> {
  const { id, organisationId } = connection;
  await withOrganisation(organisationId, async (tx) => {
    await tx.$executeRaw`
      UPDATE connections SET problem = ${problem}, problem_at = now()
      WHERE id = ${id}::uuid AND organisation_id = ${organisationId}::uuid AND state = 'connected'`;
    if (retryAfterMs !== null) {
      const startAfter = Math.ceil(retryAfterMs / 1000);
      await enqueue(tx, "sync-connection", { organisationId, connectionId: id }, { startAfter });
    }
    await announce(tx, { organisationId, topic: "connection", id });
  });
}

/** How often a run's progress is told, ms. */
const TELL_EVERY_MS = 700;

/** Counts what a run has seen and tells it, not more than about once a second. */
export function progressOf({ connection }: SyncRun) {
  const { id, organisationId } = connection;
  let seen = 0;
  let total: number | null = null;
  let told = performance.now();
  return {
    expect(rows: number): void {
      total = (total ?? 0) + rows;
    },
    async add(rows: number): Promise<void> {
      seen += rows;
      if (performance.now() - told < TELL_EVERY_MS) return;
      told = performance.now();
      await withOrganisation(organisationId, async (tx) => {
        await tx.connection.updateMany({ where: { id, organisationId }, data: { syncSeen: seen, syncTotal: total } });
        await announce(tx, { organisationId, topic: "connection", id });
      });
    },
  };
}
export type Progress = ReturnType<typeof progressOf>;
