import type { Progress, SyncRun } from "#lib/connections/sync-run.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { type ImportResult, importOrders } from "#lib/orders/import-orders.ts";
import type { VendorOrder } from "#lib/vendors/vendor.ts";

/** Worth a transaction … */
const ENOUGH = 48;
/** … which takes up to this many: a database that falls behind shares its cost among more. */
const AT_ONCE = 144;
/** As many may wait to be written before reading waits, too: memory stays flat however slow the database is. */
const MOST_WAITING = 192;

/** An order as a read brought it; `id` when its row was known before. */
export type ReadOrder = { id: string | null; order: VendorOrder; startedAt: Date };

type Told = {
  /** The ids of those that now stand whole in the database. */
  onWhole?(ids: string[]): void;
  /** What a batch was. */
  onWritten?(result: ImportResult): void;
};

/**
 * Writes orders that were read, many at a time and one batch after the other, while more are being read.
 */
export function keepOrders(run: SyncRun, progress: Progress, { onWhole, onWritten }: Told) {
  const { organisationId } = run.connection;
  const waiting: ReadOrder[] = [];
  let writing: Promise<void> | null = null;
  let failure: unknown;

  async function write(batch: ReadOrder[]): Promise<void> {
    // The earliest beginning counts for all of them: none may look newer than it is.
    const fetchStartedAt = new Date(Math.min(...batch.map(({ startedAt }) => startedAt.getTime())));
    const orders = batch.map(({ order }) => order);
    const ids = batch.flatMap(({ id }) => id ?? []);
    const { result, pending } = await withOrganisation(organisationId, async (tx) => ({
      result: await importOrders(tx, run.connection, orders, { fetchStartedAt, details: "caller" }),
      pending: await stillPending(tx, organisationId, ids),
    }));
    onWritten?.(result);
    onWhole?.(ids.filter((id) => !pending.has(id)));
    await progress.add(orders.length);
  }

  async function writeUpTo(left: number): Promise<void> {
    try {
      while (waiting.length > left) await write(waiting.splice(0, AT_ONCE));
    } catch (error) {
      failure ??= error;
    }
  }

  /** One writer at a time; it takes whatever has come meanwhile. */
  function start(left: number): Promise<void> {
    writing ??= writeUpTo(left).finally(() => {
      writing = null;
    });
    return writing;
  }

  return {
    /** Takes one order; waits only when far more were read than written. @throws when writing failed */
    async add(read: ReadOrder): Promise<void> {
      waiting.push(read);
      if (waiting.length < ENOUGH) return;
      const written = start(ENOUGH - 1);
      if (waiting.length >= MOST_WAITING) await written;
      if (failure !== undefined) throw failure;
    },
    /** Writes what is left. @throws when writing failed */
    async finish(): Promise<void> {
      await writing;
      await start(0);
      if (failure !== undefined) throw failure;
    },
  };
}

/** Which of these still wait for a whole read: they were read older than their list entry. */
async function stillPending(
  tx: TenantTransaction,
  organisationId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM orders
    WHERE organisation_id = ${organisationId}::uuid AND id = ANY (${ids}::uuid[])
      AND (detail_fetched_at IS NULL OR detail_fetched_at < fetched_at)`;
  return new Set(rows.map((row) => row.id));
}
