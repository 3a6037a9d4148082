import { outwaitLimit } from "#lib/connections/outwait-limit.ts";
import type { SyncRun } from "#lib/connections/sync-run.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { VendorError } from "#lib/vendors/error.ts";
import type { OrderSource, VendorOrder } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** One session is used for this long, ms: then it is seen again whether the connection still is what it was. */
const SESSION_MS = 1_000;
/** A token that is refused is renewed once within a session; this many refusals of one order are more than that. */
const MOST_REFUSALS = 3;

/** Where orders to be read whole come from, and what becomes of them. */
export type WholeLine<T> = {
  /** @returns null when there is nothing left to read */
  take(): Promise<T | null>;
  keep(wanted: T, order: VendorOrder, startedAt: Date): Promise<void>;
  /** This one could not be read. @throws when nothing more is to be read */
  fail(wanted: T, error: unknown): Promise<void>;
};

/**
 * Reads orders whole, one after the other, until the line is empty; run several beside each other.
 * @throws what the line throws; the signal's reason
 */
export async function readWhole<T extends { number: string; receivedAt: Date }>(
  run: SyncRun,
  source: OrderSource,
  signal: AbortSignal,
  line: WholeLine<T>,
): Promise<void> {
  const { id, organisationId } = run.connection;
  let wanted = await line.take();
  let refusals = 0;

  async function readOne(session: VendorSession, one: T): Promise<void> {
    signal.throwIfAborted();
    const startedAt = new Date();
    const found = await outwaitLimit(signal, () => source.get(session, one.number, one.receivedAt)).catch(
      async (error: unknown) => {
        if (error instanceof VendorError && error.kind === "token") throw error;
        await line.fail(one, error);
        return null;
      },
    );
    if (found) await line.keep(one, found, startedAt);
  }

  async function readSome(session: VendorSession): Promise<void> {
    const until = performance.now() + SESSION_MS;
    while (wanted && performance.now() < until) {
      refusals++;
      await readOne(session, wanted);
      refusals = 0;
      wanted = await line.take();
    }
  }

  while (wanted) {
    try {
      await withSession(id, organisationId, readSome, { signal });
    } catch (error) {
      const isRefused = error instanceof VendorError && error.kind === "token";
      if (isRefused && refusals < MOST_REFUSALS) continue;
      await line.fail(wanted, error);
      refusals = 0;
      wanted = await line.take();
    }
  }
}
