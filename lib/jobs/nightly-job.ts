import { systemClock } from "#lib/clock.ts";
import { purgeExpired } from "#lib/connections/purge-expired.ts";
import { reconcileOrders } from "#lib/connections/reconcile-orders.ts";
import { foldOrderCounts } from "#lib/orders/fold-order-counts.ts";
import { rematchTwins } from "#lib/orders/rematch-twins.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { removeOrphans } from "#lib/storage/remove-orphans.ts";

/** Housekeeping once a night; each step may be repeated. */
export async function runNightly(): Promise<void> {
  await rematchTwins();
  await foldOrderCounts();
  await reconcileOrders();
  await purgeExpired(systemClock.now());
  await removeOrphans(objectStore(), systemClock.now().getTime());
}
