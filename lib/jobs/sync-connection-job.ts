import { syncConnection } from "#lib/connections/sync-connection.ts";
import type { JobPayload } from "#lib/jobs/queue-schema.ts";

export async function runSyncConnection(
  payload: JobPayload<"sync-connection">,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  await syncConnection(payload, { signal });
}
