import { isFatal } from "#lib/connections/fetch-details.ts";
import { keepOrders } from "#lib/connections/keep-orders.ts";
import type { Lookout } from "#lib/connections/lookout.ts";
import { findPending } from "#lib/connections/pending-orders.ts";
import { readWhole, type WholeLine } from "#lib/connections/read-whole.ts";
import type { Progress, SyncRun } from "#lib/connections/sync-run.ts";
import type { ReadPage } from "#lib/connections/walk-windows.ts";
import { inOneTrip } from "#lib/database/one-trip.ts";
import { log } from "#lib/log/log.ts";
import type { ImportResult } from "#lib/orders/import-orders.ts";
import { receivedAtOf } from "#lib/orders/order-columns.ts";
import type { OrderSource, VendorOrder } from "#lib/vendors/vendor.ts";

/** Whole orders read at once; the pace itself is the vendor's bucket's business (lib/vendors/http.ts). */
const AT_ONCE = 12;
/** With no more than this many left to read, the next page of the list is welcome. */
const FEW = 40;
/** After so many that could not be read, the list goes on alone: lib/connections/fetch-details.ts sees what is wrong. */
const MOST_FAILURES = 3;

/** An order to be read whole; `listed` is what to keep when that fails, null for one whose list entry is here. */
type Wanted = { number: string; receivedAt: Date; listed: { order: VendorOrder; startedAt: Date } | null };

/**
 * Keeps the pages of a long list, and reads the orders that are not here yet whole while the list is still being read: they are
 * written once and not twice, and neither the vendor nor the database waits for the other. An order that cannot be read now is
 * kept as the list showed it and is found pending afterwards. What a look at the list finds meanwhile goes before all others.
 */
export function readAheadOf(
  run: SyncRun,
  source: OrderSource,
  options: { progress: Progress; signal: AbortSignal; lookout: Lookout; onWritten(result: ImportResult): void },
) {
  const { progress, signal, lookout, onWritten } = options;
  const kept = keepOrders(run, progress, { onWritten });
  const line: Wanted[] = [];
  /** Change times of the orders that are being read, or were a moment ago. */
  const underWay = new Map<string, number | undefined>();
  let isOn = !source.listIsWhole;
  let failures = 0;
  let failure: unknown;
  const readers = new Set<Promise<void>>();
  /** Readers that will come for more: one that was told there is nothing has still to end. */
  let taking = 0;
  let room = Promise.withResolvers<void>();

  let looking: Promise<void> | null = null;

  async function asListed({ listed }: Wanted): Promise<void> {
    if (listed) await kept.add({ id: null, ...listed });
  }

  const wholeLine: WholeLine<Wanted> = {
    async take() {
      lookAround().catch(stopWith);
      for (let next = line.shift(); next; next = line.shift()) {
        if (line.length <= FEW) room.resolve();
        if (isOn) return next;
        await asListed(next);
      }
      taking--;
      return null;
    },
    keep: (_wanted, order, startedAt) => kept.add({ id: null, order, startedAt }),
    async fail(wanted, error) {
      signal.throwIfAborted();
      if (isFatal(error) || ++failures > MOST_FAILURES) isOn = false;
      log.warn({ connectionId: run.connection.id, err: error }, "sync: order not read ahead");
      await asListed(wanted);
    },
  };

  function stopWith(error: unknown): void {
    failure ??= error;
    line.length = 0;
    room.resolve();
  }

  function startReaders(): void {
    if (failure !== undefined) line.length = 0;
    for (let more = Math.min(AT_ONCE - taking, line.length); more > 0; more--) {
      taking++;
      const reader = readWhole(run, source, signal, wholeLine)
        .catch(stopWith)
        .finally(() => readers.delete(reader));
      readers.add(reader);
    }
  }

  async function look(): Promise<void> {
    await lookout.lookIfDue();
    const found = isOn ? lookout.takeFound() : null;
    if (!found) return;
    const rows = await findPending(run, new Set(), found.since);
    progress.expect(rows.length);
    line.unshift(...rows.map(({ number, receivedAt }) => ({ number, receivedAt, listed: null })));
    startReaders();
  }

  /** One look at a time, whoever asks for it. */
  function lookAround(): Promise<void> {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  }

  async function finish(): Promise<void> {
    while (looking || readers.size > 0) await Promise.allSettled([looking, ...readers]);
    await kept.finish();
    underWay.clear();
  }

  return {
    lookAround,
    /** Takes a page; waits while many orders are still to be read. @throws what reading or writing threw */
    async add({ orders, startedAt }: ReadPage): Promise<void> {
      const whole = isOn ? await wholeAmong(run, orders) : null;
      for (const order of orders) {
        const receivedAt = receivedAtOf(order, startedAt);
        const one: Wanted = { number: order.number, receivedAt, listed: { order, startedAt } };
        const changedAt = order.updatedAt?.getTime();
        const isSeen = underWay.has(one.number);
        if (isSeen && underWay.get(one.number) === changedAt) continue;
        if (isSeen || !whole || whole.has(one.number)) {
          await asListed(one);
          continue;
        }
        underWay.set(one.number, changedAt);
        line.push(one);
      }
      startReaders();
      if (line.length > FEW) {
        room = Promise.withResolvers();
        await room.promise;
      }
      if (failure !== undefined) throw failure;
    },
    /** Everything taken so far stands in the database. @throws what reading or writing threw */
    async drain(): Promise<void> {
      await finish();
      if (failure !== undefined) throw failure;
    },
    /** The list is not read on: nothing more is begun. */
    async stop(reason: unknown): Promise<void> {
      stopWith(reason);
      await finish().catch(() => {}); // the list's own failure is the one to tell
    },
  };
}

/** Of these orders, the numbers of those that were already read whole. */
async function wholeAmong(run: SyncRun, orders: readonly VendorOrder[]): Promise<ReadonlySet<string>> {
  const { id, organisationId } = run.connection;
  const numbers = orders.map((order) => order.number);
  const [rows] = await inOneTrip<[{ number: string }[]]>(organisationId, {
    name: "whole_among",
    text: `SELECT number FROM orders WHERE organisation_id = $1::uuid AND connection_id = $2::uuid
      AND number = ANY ($3::text[]) AND detail_fetched_at IS NOT NULL`,
    values: [organisationId, id, numbers],
  });
  return new Set(rows.map((row) => row.number));
}
