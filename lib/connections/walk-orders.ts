import type { Lookout } from "#lib/connections/lookout.ts";
import { outwaitLimit } from "#lib/connections/outwait-limit.ts";
import { readAheadOf } from "#lib/connections/read-ahead.ts";
import type { Progress, SyncRun } from "#lib/connections/sync-run.ts";
import { type TimeWindow, walkWindows } from "#lib/connections/walk-windows.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { type ImportResult, importOrders } from "#lib/orders/import-orders.ts";
import type { OrderSource } from "#lib/vendors/vendor.ts";

/** Clocks of processes and vendors may differ by ten minutes (F07): what changed this long before the cursor is read again, ms. */
const OVERLAP_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
const BEGINNING = new Date(0);
/** As many orders are read again with every run where the vendor cannot say what changed. */
const MOST_READ_AGAIN = 500;
/** As many are read again whole when somebody asks, and once an hour. */
const MOST_READ_WHOLE = 2_000;

export type WalkResult = ImportResult & {
  isProved: boolean;
  /** Rows of the vendor's without a number: nothing that could be kept. */
  unreadable: number;
  /** All orders of the account at the vendor, when this walk came to know it. */
  ordersUpstream: number | null;
};

/** Reads the orders that may have changed since the last run and keeps them; rows first, then the cursor. */
export async function walkOrders(
  run: SyncRun,
  source: OrderSource,
  progress: Progress,
  signal: AbortSignal,
  lookout: Lookout,
): Promise<WalkResult> {
  const { connection, startedAt } = run;
  const { id, organisationId } = connection;
  const { from, to } = source.window.on === "changed" ? changedSince(run) : await createdSince(run);
  const { pageSize, maxRows } = source.window;
  const counts: ImportResult = { inserted: 0, changed: 0, unchanged: 0, toFetch: 0 };
  let firstTotal: number | null = null;
  let unreadable = 0;

  const read = async (window: TimeWindow, page: number, size = pageSize) => {
    signal.throwIfAborted();
    const startedAt = new Date();
    const input = { ...window, page, pageSize: size };
    const answer = await outwaitLimit(signal, () =>
      withSession(id, organisationId, (session) => source.page(session, input), { signal }),
    );
    unreadable += answer.unreadable;
    return { ...answer, startedAt };
  };
  const count = (result: ImportResult) => {
    counts.inserted += result.inserted;
    counts.changed += result.changed;
    counts.unchanged += result.unchanged;
    counts.toFetch += result.toFetch;
  };
  const ahead = readAheadOf(run, source, { progress, signal, lookout, onWritten: count });

  const walked = walkWindows({
    from,
    to,
    pageSize,
    maxRows,
    grainMs: source.window.on === "changed" ? 1_000 : DAY_MS,
    read: async (window, page) => {
      await ahead.lookAround();
      const answer = await read(window, page);
      if (firstTotal === null) {
        firstTotal = answer.total;
        progress.expect(answer.total);
      }
      return answer;
    },
    keep: (page) => ahead.add(page),
    close: async (window, first, isProved) => {
      await ahead.drain();
      const cursor = window.to < startedAt ? window.to : startedAt;
      await withOrganisation(organisationId, async (tx) => {
        const options = { fetchStartedAt: first.startedAt, details: "caller" } as const;
        count(await importOrders(tx, connection, first.orders, options));
        if (isProved)
          await tx.connection.updateMany({
            where: { id, organisationId, OR: [{ cursor: null }, { cursor: { lt: cursor } }] },
            data: { cursor },
          });
      });
      await progress.add(first.orders.length);
    },
  });
  const isProved = await walked.catch(async (error: unknown) => {
    await ahead.stop(error);
    throw error;
  });
  await ahead.drain();
  const isEverything = from.getTime() === BEGINNING.getTime();
  if (isEverything) return { ...counts, isProved, unreadable, ordersUpstream: firstTotal };
  const isWorthAsking = run.isHourly || run.isRequested || counts.inserted > 0;
  const all = isWorthAsking ? await read({ from: BEGINNING, to }, 0, 1) : null;
  return { ...counts, isProved, unreadable, ordersUpstream: all?.total ?? null };
}

function changedSince({ connection, startedAt }: SyncRun): TimeWindow {
  const { cursor } = connection;
  return { from: cursor ? new Date(Math.max(0, cursor.getTime() - OVERLAP_MS)) : BEGINNING, to: startedAt };
}

/**
 * Where the vendor lists by day of creation only: the days since the cursor, one more before them, and further back as far as
 * orders are open, for those may still change. Everything is read again from time to time; how often depends on how much it is.
 */
async function createdSince(run: SyncRun): Promise<TimeWindow> {
  const { connection, startedAt, isHourly, isRequested, isResumed } = run;
  const to = new Date(startedAt.getTime() + DAY_MS);
  const { cursor } = connection;
  if (!cursor) return { from: BEGINNING, to };
  const organisationId = connection.organisationId;
  const all = { organisationId, connectionId: connection.id };
  const from = await withOrganisation(organisationId, async (tx) => {
    const total = await tx.order.count({ where: all });
    if (total <= MOST_READ_AGAIN) return BEGINNING;
    if (total <= MOST_READ_WHOLE && (isHourly || isRequested || isResumed)) return BEGINNING;
    const oldest = await tx.order.findFirst({
      where: { ...all, status: { in: ["pending", "accepted", "in_production", "delivering", "other"] } },
      orderBy: { receivedAt: "asc" },
      select: { receivedAt: true },
    });
    const open = new Date((oldest?.receivedAt ?? cursor).getTime() - DAY_MS);
    const openCount = await tx.order.count({ where: { ...all, receivedAt: { gte: open } } });
    const isAffordable = openCount <= MOST_READ_AGAIN || isHourly || isRequested;
    const recent = new Date(cursor.getTime() - DAY_MS);
    return isAffordable && open < recent ? open : recent;
  });
  return { from, to };
}
