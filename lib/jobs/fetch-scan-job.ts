import type { JobPayload } from "#lib/jobs/queue-schema.ts";
import { fetchScan } from "#lib/scans/fetch-scan.ts";

export async function runFetchScan(
  { organisationId, scanId, wanted }: JobPayload<"fetch-scan">,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  await fetchScan(organisationId, scanId, { signal, wanted });
}
