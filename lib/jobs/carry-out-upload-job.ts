import type { JobPayload } from "#lib/jobs/queue-schema.ts";
import { carryOutUpload } from "#lib/scans/carry-out-upload.ts";

export async function runCarryOutUpload(
  { organisationId, uploadId }: JobPayload<"carry-out-upload">,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  await carryOutUpload(organisationId, uploadId, { signal });
}
