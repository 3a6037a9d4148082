import { purgeIncoming } from "#lib/api/incoming-file.ts";
import { systemClock } from "#lib/clock.ts";
import { remindOfRenewal } from "#lib/connections/remind-of-renewal.ts";
import { requestDueSyncs } from "#lib/connections/request-due-syncs.ts";
import { requeueLeftBehind } from "#lib/decisions/requeue-left-behind.ts";
import { notify } from "#lib/notifications/notify.ts";
import { requestMissingThumbnails } from "#lib/scans/draw-thumbnail.ts";
import { requeueScansLeftBehind } from "#lib/scans/requeue-scans-left-behind.ts";
import { purgeDrops } from "#lib/sftp-drop/drop-accounts.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";

/** Every minute, and when a worker starts: what is due, and what a killed process left behind. One failing step stops no other. */
export async function runTick(): Promise<void> {
  const steps = await Promise.allSettled([
    requestDueSyncs(),
    requeueLeftBehind(),
    requeueScansLeftBehind(),
    requestMissingThumbnails(),
    remindOfRenewal(systemClock.now()),
    notify(systemClock.now()),
    objectStore().removeAbandoned(systemClock.now().getTime()),
    purgeDrops(systemClock.now()),
    purgeIncoming(systemClock.now()),
  ]);
  const failed = steps.find((step) => step.status === "rejected");
  if (failed) throw failed.reason;
}
