import { toAppError } from "#lib/api/problem.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { checkToken } from "#lib/connections/check-connection.ts";
import { fetchDetails } from "#lib/connections/fetch-details.ts";
import { keepPortals } from "#lib/connections/keep-portals.ts";
import { lookoutOf } from "#lib/connections/lookout.ts";
import { onlyOneRun } from "#lib/connections/only-one-run.ts";
import { compareOrders } from "#lib/connections/reconcile-orders.ts";
import { repeatUnseenRequest } from "#lib/connections/request-sync.ts";
import { beginRun, endRun, progressOf, type SyncRun, stopRun } from "#lib/connections/sync-run.ts";
import { walkOrders } from "#lib/connections/walk-orders.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import { log } from "#lib/log/log.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { findVendor } from "#lib/vendors/registry.ts";

/**
 * Brings a connection's orders in line with the vendor's (design §4, Sync): the list and, beside it, whole orders where many are
 * to come; then those that are still to be read whole. One run per connection at a time; a run that is killed is gone on with by
 * the next. What goes wrong at the vendor ends the run with a problem on the connection, not with a failed job: the next minute
 * tries again.
 * @throws whatever goes wrong on our side: the queue tries again
 */
export async function syncConnection(
  target: { organisationId: string; connectionId: string },
  options: { signal?: AbortSignal; clock?: Clock } = {},
): Promise<void> {
  const signal = options.signal ?? new AbortController().signal;
  const clock = options.clock ?? systemClock;
  const ran = await onlyOneRun(`sync ${target.connectionId}`, async () => {
    const run = await beginRun(target.organisationId, target.connectionId, clock.now());
    if (run) await carryOut(run, { signal, clock });
  });
  if (!ran) await repeatUnseenRequest(target);
}

async function carryOut(run: SyncRun, options: { signal: AbortSignal; clock: Clock }): Promise<void> {
  const { signal } = options;
  const { id, vendor } = run.connection;
  if (run.isHourly && run.connection.lastSyncAt) await checkTokenQuietly(run, signal);
  const source = findVendor(vendor)?.orders;
  if (!source) return await checkHealth(run, signal);
  const began = performance.now();
  const progress = progressOf(run);
  const lookout = lookoutOf(run, source, options);
  try {
    const { ordersUpstream, isProved, unreadable, ...counts } = await walkOrders(
      run,
      source,
      progress,
      signal,
      lookout,
    );
    if (isProved && run.connection.cursor === null) await compareOrders(run, counts);
    const isDetailPending = run.isResumed || run.isHourly || run.isRequested || counts.toFetch > 0;
    if (!source.listIsWhole && isDetailPending) await fetchDetails(run, source, progress, signal, lookout);
    if (run.isHourly || run.isRequested) await keepPortals(run.connection, signal);
    await endRun(run, ordersUpstream, lookout.honoured);
    const ms = Math.round(performance.now() - began);
    log.info({ connectionId: id, vendor, ...counts, unreadable, ordersUpstream, isProved, ms }, "sync finished");
  } catch (error) {
    if (signal.aborted) throw error;
    const problem = problemOf(error);
    if (!problem) throw error;
    await stopRun(run, problem, error instanceof VendorError ? error.retryAfterMs : null);
    log.warn({ connectionId: id, vendor, problem, err: error }, "sync stopped");
  }
}

/** Once an hour it is seen how the token stands; a vendor that cannot be asked is the sync's own business. */
async function checkTokenQuietly(run: SyncRun, signal: AbortSignal): Promise<void> {
  try {
    await checkToken(run.connection, signal);
  } catch (error) {
    if (signal.aborted || !problemOf(error)) throw error;
    log.info({ connectionId: run.connection.id, err: error }, "connection: token not checked");
  }
}

/** A vendor without orders has nothing to bring over: once an hour, and when asked, it is seen whether the account still works. */
async function checkHealth(run: SyncRun, signal: AbortSignal): Promise<void> {
  const { id, organisationId, vendor } = run.connection;
  try {
    if (run.isHourly || run.isRequested)
      await withSession(id, organisationId, (session, { identify }) => identify(session), { signal });
    await endRun(run, null);
  } catch (error) {
    if (signal.aborted) throw error;
    const problem = problemOf(error);
    if (!problem) throw error;
    await stopRun(run, problem, null);
    log.warn({ connectionId: id, vendor, problem, err: error }, "connection: check failed");
  }
}

/** The code a person sees; null for what is no matter of the vendor's. */
function problemOf(error: unknown): ErrorCode | null {
  // The token was renewed and still is not taken: signing in again would not help.
  if (error instanceof VendorError) return error.kind === "token" ? "vendor_refused" : toAppError(error).code;
  return error instanceof AppError ? error.code : null;
}
