import type { Lookout } from "#lib/connections/lookout.ts";
import { mapConcurrently } from "#lib/connections/map-concurrently.ts";
import type { Progress, SyncRun } from "#lib/connections/sync-run.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { log } from "#lib/log/log.ts";
import { importOrders } from "#lib/orders/import-orders.ts";
import { VendorError } from "#lib/vendors/error.ts";
import type { OrderSource, VendorOrder, VendorSession } from "#lib/vendors/vendor.ts";

/** Batches under way at once: while some are being written, others are being read. */
const LANES = 3;
/** Detail calls under way at once in a lane; the pace itself is the vendor's bucket's business (lib/vendors/http.ts). */
const AT_ONCE = 4;
const ROWS_AT_ONCE = 24;
/** Orders that cannot be read one by one are left for later; this many of them are a vendor in trouble. */
const MOST_FAILURES = 5;

type PendingOrder = { id: string; number: string; received_at: Date };

/**
 * Fetches every order whole whose list entry is newer than its last whole read: what has just come or changed first, then newest
 * orders first. What is pending stands in the rows themselves: a killed run's successor finds it there.
 */
export async function fetchDetails(
  run: SyncRun,
  source: OrderSource,
  progress: Progress,
  signal: AbortSignal,
  lookout: Lookout,
): Promise<void> {
  const { organisationId, id } = run.connection;
  const isEverything = run.isResumed || run.isHourly || run.isRequested;
  const since = isEverything ? new Date(0) : run.startedAt;
  const inHand = new Set<string>();
  let failures = 0;
  let fatal: unknown;
  let news: Date | null = lookout.takeFound()?.since ?? null;

  async function findNext(): Promise<PendingOrder[]> {
    await lookout.lookIfDue();
    const found = lookout.takeFound();
    if (found) progress.expect(found.toFetch);
    news ??= found?.since ?? null;
    const fresh = news ? await findPending(run, inHand, news) : [];
    if (fresh.length > 0) return fresh;
    news = null;
    return findPending(run, inHand, since);
  }

  let taking: Promise<PendingOrder[]> = Promise.resolve([]);
  /** One lane takes its batch at a time: no order is read twice. */
  function takeNext(): Promise<PendingOrder[]> {
    taking = taking.then(async () => {
      const next = await findNext();
      for (const order of next) inHand.add(order.id);
      return next;
    });
    return taking;
  }

  function giveUp(order: PendingOrder, error: unknown): null {
    if (isFatal(error) || ++failures > MOST_FAILURES) fatal ??= error;
    log.warn({ connectionId: id, orderId: order.id, err: error }, "sync: order not read");
    return null;
  }

  async function goAlong(): Promise<void> {
    while (fatal === undefined) {
      const batch = await takeNext();
      if (batch.length === 0) return;
      const fetchStartedAt = new Date();
      const answers = await readOrders(run, source, batch, giveUp, () => fatal !== undefined, signal);
      const orders = answers.filter((order) => order !== null);
      await withOrganisation(organisationId, (tx) => importOrders(tx, run.connection, orders, { fetchStartedAt }));
      await progress.add(orders.length);
      // What could not be read, or was read older than its list entry, stays in hand: another run's business.
      const left = new Set(await stillPending(run, batch));
      for (const order of batch) if (!left.has(order.id)) inHand.delete(order.id);
    }
  }

  progress.expect(await countPending(run, since));
  const lanes = Array.from({ length: LANES }, () => goAlong().catch((error) => (fatal ??= error)));
  await Promise.all(lanes);
  if (fatal !== undefined) throw fatal;
}

/** Reads these orders with one session; those that met a dying token each with a session of their own. */
async function readOrders(
  run: SyncRun,
  source: OrderSource,
  pending: PendingOrder[],
  giveUp: (order: PendingOrder, error: unknown) => null,
  isOver: () => boolean,
  signal: AbortSignal,
): Promise<(VendorOrder | null)[]> {
  const { organisationId, id } = run.connection;
  const read = async (session: VendorSession, order: PendingOrder) => {
    signal.throwIfAborted();
    return source.get(session, order.number, order.received_at);
  };
  const refused: PendingOrder[] = [];
  const answers = await withSession(
    id,
    organisationId,
    (session) =>
      mapConcurrently(pending, AT_ONCE, async (order) => {
        if (isOver()) return null;
        try {
          return await read(session, order);
        } catch (error) {
          if (!(error instanceof VendorError) || error.kind !== "token") return giveUp(order, error);
          refused.push(order);
          return null;
        }
      }),
    { signal },
  );
  for (const order of refused) {
    if (isOver()) break;
    const again = withSession(id, organisationId, (session) => read(session, order), { signal });
    answers.push(await again.catch((error) => giveUp(order, error)));
  }
  return answers;
}

/** Failures of one order (it vanished, it is unreadable, it hangs) stop nothing; those of the account or the vendor do. */
function isFatal(error: unknown): boolean {
  return !(error instanceof VendorError) || ["credentials", "token", "scope", "rate_limited"].includes(error.kind);
}

async function findPending(run: SyncRun, inHand: ReadonlySet<string>, since: Date): Promise<PendingOrder[]> {
  const { id, organisationId } = run.connection;
  return withOrganisation(
    organisationId,
    (tx) => tx.$queryRaw<PendingOrder[]>`
      SELECT id, number, received_at FROM orders
      WHERE organisation_id = ${organisationId}::uuid AND connection_id = ${id}::uuid
        AND (detail_fetched_at IS NULL OR detail_fetched_at < fetched_at) AND fetched_at >= ${since}
        AND id <> ALL (${[...inHand]}::uuid[])
      ORDER BY received_at DESC, id DESC LIMIT ${ROWS_AT_ONCE}`,
  );
}

/** Which of these still wait for a whole read. */
async function stillPending(run: SyncRun, pending: readonly PendingOrder[]): Promise<string[]> {
  const { organisationId } = run.connection;
  const ids = pending.map((order) => order.id);
  const rows = await withOrganisation(
    organisationId,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM orders
      WHERE organisation_id = ${organisationId}::uuid AND id = ANY (${ids}::uuid[])
        AND (detail_fetched_at IS NULL OR detail_fetched_at < fetched_at)`,
  );
  return rows.map((row) => row.id);
}

async function countPending(run: SyncRun, since: Date): Promise<number> {
  const { id, organisationId } = run.connection;
  const [row] = await withOrganisation(
    organisationId,
    (tx) => tx.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM orders
      WHERE organisation_id = ${organisationId}::uuid AND connection_id = ${id}::uuid
        AND (detail_fetched_at IS NULL OR detail_fetched_at < fetched_at) AND fetched_at >= ${since}`,
  );
  return row?.n ?? 0;
}
