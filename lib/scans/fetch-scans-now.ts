import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/** Before all scans that are fetched ahead of time. */
const SOMEBODY_WAITS = 10_000;

/**
 * Has scans fetched before all others, as somebody waits for them. A job of their own: the one that may already stand far behind
 * cannot be moved up.
 */
export async function fetchScansNow(
  tx: TenantTransaction,
  organisationId: string,
  scanIds: readonly string[],
): Promise<void> {
  for (const scanId of scanIds)
    await enqueue(
      tx,
      "fetch-scan",
      { organisationId, scanId, wanted: true },
      { priority: SOMEBODY_WAITS, singletonKey: `now:${scanId}` },
    );
}
