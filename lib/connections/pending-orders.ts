import type { Lookout } from "#lib/connections/lookout.ts";
import type { Progress, SyncRun } from "#lib/connections/sync-run.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";

export type PendingOrder = { id: string; number: string; receivedAt: Date };

/** Found with one statement … */
const ROWS_AT_ONCE = 36;
/** … as soon as no more than this many are left to hand out. */
const FEW = 24;

/** The orders of a run that are still to be read whole, handed out one by one. */
export function pendingOrders(run: SyncRun, progress: Progress, lookout: Lookout) {
  const isEverything = run.isResumed || run.isHourly || run.isRequested;
  const since = isEverything ? new Date(0) : run.startedAt;
  const line: PendingOrder[] = [];
  /** Handed out and not yet written; what could not be read, or only an older state of it, stays here: another run's business. */
  const inHand = new Set<string>();
  let news: Date | null = lookout.takeFound()?.since ?? null;
  let finding: Promise<void> | null = null;
  /** The last look found no more than it could take: the next one is worth it once the line is empty. */
  let isDry = false;

  async function find(): Promise<void> {
    await lookout.lookIfDue();
    const found = lookout.takeFound();
    if (found) progress.expect(found.toFetch);
    news ??= found?.since ?? null;
    const fresh = news ? await findPending(run, inHand, news) : [];
    if (fresh.length === 0) news = null;
    for (const order of fresh) inHand.add(order.id);
    const rest = fresh.length > 0 ? [] : await findPending(run, inHand, since);
    for (const order of rest) inHand.add(order.id);
    line.unshift(...fresh);
    line.push(...rest);
    isDry = fresh.length === 0 && rest.length < ROWS_AT_ONCE;
  }

  function findMore(): Promise<void> {
    finding ??= find().finally(() => {
      finding = null;
    });
    return finding;
  }

  return {
    /** Tells the run's progress how much there is to do. */
    async count(): Promise<void> {
      progress.expect(await countPending(run, since));
    },
    /** @returns null when nothing is left */
    async take(): Promise<PendingOrder | null> {
      if (line.length <= (isDry ? 0 : FEW)) {
        const found = findMore();
        if (line.length === 0) await found;
        else found.catch(() => {}); // whoever finds the line empty meets it again
      }
      return line.shift() ?? null;
    },
    /** These are written: should they change again at the vendor, they come again. */
    release(ids: readonly string[]): void {
      for (const id of ids) inHand.delete(id);
    },
  };
}

/** The next orders to be read whole of those whose entry was read since then, newest first. */
export async function findPending(run: SyncRun, inHand: ReadonlySet<string>, since: Date): Promise<PendingOrder[]> {
  const { id, organisationId } = run.connection;
  return withOrganisation(
    organisationId,
    (tx) => tx.$queryRaw<PendingOrder[]>`
      SELECT id, number, received_at AS "receivedAt" FROM orders
      WHERE organisation_id = ${organisationId}::uuid AND connection_id = ${id}::uuid
        AND (detail_fetched_at IS NULL OR detail_fetched_at < fetched_at) AND fetched_at >= ${since}
        AND id <> ALL (${[...inHand]}::uuid[])
      ORDER BY received_at DESC, id DESC LIMIT ${ROWS_AT_ONCE}`,
  );
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
