import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { enqueue, enqueueAll } from "#lib/jobs/queue.ts";

/** Scans that one renewal wakes; more wait for the next one, or for somebody to open their order. */
const MOST_SCANS = 5_000;

/** What waited for somebody to sign in again goes on by itself: scans, decisions, and orders still to be read whole. */
export async function resumeParked(tx: TenantTransaction, organisationId: string, connectionId: string): Promise<void> {
  const ofConnection = { organisationId, order: { connectionId } };
  const scans = await tx.scan.findMany({
    where: { ...ofConnection, state: "waiting", problem: "reconnect_needed" },
    orderBy: { id: "desc" },
    select: { id: true },
    take: MOST_SCANS,
  });
  await enqueueAll(
    tx,
    "fetch-scan",
    scans.map(({ id }) => ({ payload: { organisationId, scanId: id }, priority: 1_000 })),
  );
  const decisions = await tx.decision.findMany({
    where: { ...ofConnection, state: { in: ["requested", "sending"] } },
    select: { id: true },
  });
  for (const { id } of decisions) await enqueue(tx, "carry-out-decision", { organisationId, decisionId: id });
  await tx.$executeRaw`
    UPDATE connections SET sync_requested_at = clock_timestamp()
    WHERE id = ${connectionId}::uuid AND organisation_id = ${organisationId}::uuid`;
}
