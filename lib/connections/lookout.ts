import type { Clock } from "#lib/clock.ts";
import { outwaitLimit } from "#lib/connections/outwait-limit.ts";
import type { SyncRun } from "#lib/connections/sync-run.ts";
import { walkWindows } from "#lib/connections/walk-windows.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { importOrders } from "#lib/orders/import-orders.ts";
import type { OrderSource, VendorOrder } from "#lib/vendors/vendor.ts";

/** A long run looks at the vendor's list again this often, ms … */
const LOOK_EVERY_MS = 10_000;
/** … but spends at most a tenth of its time on looking. */
const MOST_SHARE = 10;
/** How often a run asks whether somebody has pressed Sync meanwhile, ms. */
const ASK_EVERY_MS = 500;
/** Clocks of processes and vendors may differ by ten minutes (F07), ms. */
const OVERLAP_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

/** What a look brought: entries whose orders are still to be fetched, all read since this moment. */
export type Look = { since: Date; toFetch: number };

/**
 * Keeps an eye on the vendor's list while a long run is busy with older orders: an order placed meanwhile does not wait for the
 * end of a back-fill, and a press of Sync is honoured by the run that is already under way. The cursor is not moved: the next
 * run reads from it all the same.
 */
export function lookoutOf(run: SyncRun, source: OrderSource, options: { signal: AbortSignal; clock: Clock }) {
  const { connection } = run;
  const { id, organisationId } = connection;
  const { signal, clock } = options;
  let honoured = connection.syncRequestedAt?.getTime() ?? null;
  let from = run.startedAt;
  let lookedAt = clock.now().getTime();
  let askedAt = lookedAt;
  let pauseMs = LOOK_EVERY_MS;
  let found: Look | null = null;

  async function isDue(): Promise<boolean> {
    const now = clock.now().getTime();
    if (now - lookedAt >= pauseMs) return true;
    if (now - askedAt < ASK_EVERY_MS) return false;
    askedAt = now;
    const row = await withOrganisation(organisationId, (tx) =>
      tx.connection.findFirst({ where: { id, organisationId }, select: { syncRequestedAt: true } }),
    );
    const requested = row?.syncRequestedAt?.getTime() ?? null;
    if (requested === honoured) return false;
    honoured = requested;
    return true;
  }

  async function look(): Promise<void> {
    const since = new Date();
    const began = clock.now();
    let toFetch = 0;
    const keep = async (orders: VendorOrder[], fetchStartedAt: Date) => {
      const result = await withOrganisation(organisationId, (tx) =>
        importOrders(tx, connection, orders, { fetchStartedAt, details: "caller" }),
      );
      toFetch += result.toFetch;
    };
    const { on, pageSize, maxRows } = source.window;
    const isProved = await walkWindows({
      from: new Date(from.getTime() - (on === "changed" ? OVERLAP_MS : DAY_MS)),
      to: on === "changed" ? began : new Date(began.getTime() + DAY_MS),
      pageSize,
      maxRows,
      grainMs: on === "changed" ? 1_000 : DAY_MS,
      read: async (window, page) => {
        signal.throwIfAborted();
        const startedAt = new Date();
        const input = { ...window, page, pageSize };
        const answer = await outwaitLimit(signal, () =>
          withSession(id, organisationId, (session) => source.page(session, input), { signal }),
        );
        return { ...answer, startedAt };
      },
      keep: (page) => keep(page.orders, page.startedAt),
      close: (_window, first) => keep(first.orders, first.startedAt),
    });
    if (isProved) from = began;
    if (toFetch > 0) found = { since: found?.since ?? since, toFetch: (found?.toFetch ?? 0) + toFetch };
    lookedAt = clock.now().getTime();
    pauseMs = Math.max(LOOK_EVERY_MS, (lookedAt - began.getTime()) * MOST_SHARE);
  }

  return {
    /** Looks when it is time to, or when somebody has pressed Sync. */
    async lookIfDue(): Promise<void> {
      if (await isDue()) await look();
    },
    /** What looks have brought since this was last asked. */
    takeFound(): Look | null {
      const taken = found;
      found = null;
      return taken;
    },
    /** The last press that this run has seen, epoch ms. */
    get honoured(): number | null {
      return honoured;
    },
  };
}
export type Lookout = ReturnType<typeof lookoutOf>;
