import { systemClock } from "#lib/clock.ts";
import { purgeExpired } from "#lib/connections/purge-expired.ts";
import { rereadIncomplete } from "#lib/connections/reread-incomplete.ts";
import { foldOrderCounts } from "#lib/orders/fold-order-counts.ts";

/** Housekeeping once a night; each step may be repeated. */
export async function runNightly(): Promise<void> {
  await foldOrderCounts();
  await rereadIncomplete();
  await purgeExpired(systemClock.now());
}
