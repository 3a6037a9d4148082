import { carryOutDecision } from "#lib/decisions/carry-out-decision.ts";
import type { JobPayload } from "#lib/jobs/queue-schema.ts";

export async function runCarryOutDecision(
  { organisationId, decisionId }: JobPayload<"carry-out-decision">,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  await carryOutDecision(organisationId, decisionId, { signal });
}
