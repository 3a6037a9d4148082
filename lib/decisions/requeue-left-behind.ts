import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { nextTryAt } from "#lib/decisions/decision-pace.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/**
 * Gives every open decision a job again, whatever became of its last one: asked each minute and when a worker starts. A decision
 * whose job still waits keeps that one. @returns how many were left without a job
 */
export async function requeueLeftBehind(): Promise<number> {
  const open = await database().decision.findMany({
    where: { state: { in: ["requested", "sending"] } },
    select: {
      id: true,
      organisationId: true,
      state: true,
      attempts: true,
      requestedAt: true,
      leavesAt: true,
      sentAt: true,
    },
    orderBy: { requestedAt: "asc" },
    take: 1_000,
  });
  let requeued = 0;
  for (const decision of open) {
    const { organisationId, id } = decision;
    const job = await withOrganisation(organisationId, (tx) =>
      enqueue(tx, "carry-out-decision", { organisationId, decisionId: id }, { startAfter: nextTryAt(decision) }),
    );
    if (job) requeued++;
  }
  return requeued;
}
