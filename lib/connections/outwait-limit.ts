import { setTimeout as sleep } from "node:timers/promises";
import { VendorError } from "#lib/vendors/error.ts";

/** A run that would wait longer for one call ends, and its job is delayed, ms. */
const MOST_WAIT_MS = 20_000;

/**
 * Waits out a short pause of the vendor's limit within a run: after a 429 calls are spaced out, and of many readers in line the
 * last ones find their place too far away for a person, not for a run.
 * @throws what `work` threw, when it is another failure or the pause is long
 */
export async function outwaitLimit<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let waitedMs = 0; ; ) {
    try {
      return await work();
    } catch (error) {
      const isLimited = error instanceof VendorError && error.kind === "rate_limited";
      const waitMs = isLimited ? error.retryAfterMs : null;
      if (waitMs === null || waitedMs + waitMs > MOST_WAIT_MS) throw error;
      waitedMs += waitMs;
      await sleep(waitMs, undefined, { signal });
    }
  }
}
