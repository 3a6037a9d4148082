import { keepOrders } from "#lib/connections/keep-orders.ts";
import type { Lookout } from "#lib/connections/lookout.ts";
import { type PendingOrder, pendingOrders } from "#lib/connections/pending-orders.ts";
import { readWhole, type WholeLine } from "#lib/connections/read-whole.ts";
import type { Progress, SyncRun } from "#lib/connections/sync-run.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import { log } from "#lib/log/log.ts";
import { VendorError } from "#lib/vendors/error.ts";
import type { OrderSource } from "#lib/vendors/vendor.ts";

/** Detail calls under way at once; the pace itself is the vendor's bucket's business (lib/vendors/http.ts). */
const AT_ONCE = 12;
/** An order that cannot be read is left to a job of its own, which begins so much later, s, and tries again ever more slowly. */
const AGAIN_AFTER_SECONDS = 5;
/** So many of them are a vendor in trouble. */
const MOST_FAILURES = 5;

/**
 * Fetches every order whole whose list entry is newer than its last whole read: what has just come or changed first, then newest
 * orders first. Reading, writing and looking for more go on beside each other, so that the vendor never waits for our database.
 * What is pending stands in the rows themselves: a killed run's successor finds it there.
 */
export async function fetchDetails(
  run: SyncRun,
  source: OrderSource,
  progress: Progress,
  signal: AbortSignal,
  lookout: Lookout,
): Promise<void> {
  const { id, organisationId } = run.connection;
  const pending = pendingOrders(run, progress, lookout);
  const kept = keepOrders(run, progress, { onWhole: (written) => pending.release(written) });
  let failures = 0;
  let fatal: unknown;

  const line: WholeLine<PendingOrder> = {
    take: async () => (fatal === undefined ? pending.take() : null),
    keep: ({ id }, order, startedAt) => kept.add({ id, order, startedAt }),
    async fail({ id: orderId }, error) {
      signal.throwIfAborted();
      if (isFatal(error) || ++failures > MOST_FAILURES) fatal ??= error;
      log.warn({ connectionId: id, orderId, err: error }, "sync: order not read");
      if (fatal !== undefined || isGone(error)) return;
      await withOrganisation(organisationId, (tx) =>
        enqueue(tx, "refresh-order", { organisationId, orderId }, { startAfter: AGAIN_AFTER_SECONDS }),
      );
    },
  };

  await pending.count();
  const fail = (error: unknown) => {
    fatal ??= error;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, () => readWhole(run, source, signal, line).catch(fail)));
  await kept.finish();
  if (fatal !== undefined) throw fatal;
}

function isGone(error: unknown): boolean {
  return error instanceof VendorError && error.kind === "not_found";
}

/**
 * Failures of one order (it vanished, it is unreadable, it hangs) stop nothing.
 * @returns true for those of the account or the vendor, which do
 */
export function isFatal(error: unknown): boolean {
  return !(error instanceof VendorError) || ["credentials", "token", "scope", "rate_limited"].includes(error.kind);
}
