import { type Clock, systemClock } from "#lib/clock.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { enqueueAll } from "#lib/jobs/queue.ts";

/** Before all scans that are fetched ahead of time. */
const SOMEBODY_WAITS = 10_000;
/** Looks within this time count as one, ms: of those the first goes first. */
const ONE_LOOK_MS = 10_000;
const FIRST_LOOK = Date.UTC(2026, 0, 1);

/**
 * Has scans fetched before all others, as somebody waits for them; what was asked for last goes first, because who asked earlier
 * and still looks asks again, and who has gone on does not. A job of their own per look: one that waits cannot be moved up, and
 * one that finds its scan here ends at once.
 */
export async function fetchScansNow(
  tx: TenantTransaction,
  organisationId: string,
  scanIds: readonly string[],
  clock: Clock = systemClock,
): Promise<void> {
  const look = Math.floor((clock.now().getTime() - FIRST_LOOK) / ONE_LOOK_MS);
  await enqueueAll(
    tx,
    "fetch-scan",
    scanIds.map((scanId) => ({
      payload: { organisationId, scanId, wanted: true },
      priority: SOMEBODY_WAITS + look,
      singletonKey: `now:${scanId}:${look}`,
    })),
  );
}
