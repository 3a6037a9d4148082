import { systemClock } from "#lib/clock.ts";
import { purgeExpired } from "#lib/connections/purge-expired.ts";
import { rereadIncomplete } from "#lib/connections/reread-incomplete.ts";
import { foldOrderCounts } from "#lib/orders/fold-order-counts.ts";
import { rematchTwins } from "#lib/orders/rematch-twins.ts";

/** Housekeeping once a night; each step may be repeated. */
export async function runNightly(): Promise<void> {
  await rematchTwins();
  await foldOrderCounts();
  await rereadIncomplete();
  await purgeExpired(systemClock.now());
}
