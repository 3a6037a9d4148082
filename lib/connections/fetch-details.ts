import { keepOrders } from "#lib/connections/keep-orders.ts";
import type { Lookout } from "#lib/connections/lookout.ts";
import { type PendingOrder, pendingOrders } from "#lib/connections/pending-orders.ts";
import type { Progress, SyncRun } from "#lib/connections/sync-run.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { log } from "#lib/log/log.ts";
import { VendorError } from "#lib/vendors/error.ts";
import type { OrderSource } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** Detail calls under way at once; the pace itself is the vendor's bucket's business (lib/vendors/http.ts). */
const AT_ONCE = 12;
/** One session is used for this long, ms: then it is seen again whether the connection still is what it was. */
const SESSION_MS = 1_000;
/** Orders that cannot be read one by one are left for later; this many of them are a vendor in trouble. */
const MOST_FAILURES = 5;
/** A token that is refused is renewed once within a session; this many refusals of one order are more than that. */
const MOST_REFUSALS = 3;

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
  const { organisationId, id } = run.connection;
  const pending = pendingOrders(run, progress, lookout);
  const kept = keepOrders(run, progress, (written) => pending.release(written));
  let failures = 0;
  let fatal: unknown;

  function giveUp(order: PendingOrder, error: unknown): void {
    signal.throwIfAborted();
    if (isFatal(error) || ++failures > MOST_FAILURES) fatal ??= error;
    log.warn({ connectionId: id, orderId: order.id, err: error }, "sync: order not read");
  }

  async function readOne(session: VendorSession, order: PendingOrder): Promise<void> {
    signal.throwIfAborted();
    const startedAt = new Date();
    const found = await source.get(session, order.number, order.received_at).catch((error: unknown) => {
      if (error instanceof VendorError && error.kind === "token") throw error;
      giveUp(order, error);
      return null;
    });
    if (found) await kept.add({ id: order.id, order: found, startedAt });
  }

  async function readAlong(): Promise<void> {
    let order = await pending.take();
    for (let refusals = 0; order && fatal === undefined; ) {
      const readSome = async (session: VendorSession) => {
        const until = performance.now() + SESSION_MS;
        while (order && fatal === undefined && performance.now() < until) {
          refusals++;
          await readOne(session, order);
          refusals = 0;
          order = await pending.take();
        }
      };
      try {
        await withSession(id, organisationId, readSome, { signal });
      } catch (error) {
        const isRefused = error instanceof VendorError && error.kind === "token";
        if (isRefused && refusals < MOST_REFUSALS) continue;
        giveUp(order, error);
        refusals = 0;
        order = await pending.take();
      }
    }
  }

  await pending.count();
  const fail = (error: unknown) => {
    fatal ??= error;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, () => readAlong().catch(fail)));
  await kept.finish();
  if (fatal !== undefined) throw fatal;
}

/** Failures of one order (it vanished, it is unreadable, it hangs) stop nothing; those of the account or the vendor do. */
function isFatal(error: unknown): boolean {
  return !(error instanceof VendorError) || ["credentials", "token", "scope", "rate_limited"].includes(error.kind);
}
