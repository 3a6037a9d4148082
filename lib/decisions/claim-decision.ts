import type { Connection, Decision } from "#generated/prisma/client.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { nextTryAt } from "#lib/decisions/decision-pace.ts";
import { isOpen } from "#lib/decisions/to-decision-view.ts";
import { announce } from "#lib/events/announce.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/** A decision taken up for one try, with what is needed to speak with the vendor about its order. */
export type ClaimedDecision = Decision & {
  order: { id: string; number: string; vendor: string; connection: Connection };
};

/**
 * Takes the decision up for one try, or leaves a job for when it may be.
 * @returns null when it is closed, or somebody else is at it
 */
export async function claimDecision(
  organisationId: string,
  decisionId: string,
  clock: Clock = systemClock,
): Promise<ClaimedDecision | null> {
  return withOrganisation(organisationId, async (tx) => {
    const decision = await tx.decision.findFirst({
      where: { id: decisionId, organisationId },
      include: { order: { select: { id: true, number: true, vendor: true, connection: true } } },
    });
    if (!decision || !isOpen(decision)) return null;
    const now = clock.now();
    const due = nextTryAt(decision);
    if (due > now) {
      await enqueue(tx, "carry-out-decision", { organisationId, decisionId }, { startAfter: due });
      return null;
    }
    const { state, attempts } = decision;
    const claim = { state: "sending", attempts: attempts + 1, sentAt: now };
    const { count } = await tx.decision.updateMany({
      where: { id: decisionId, organisationId, state, attempts },
      data: claim,
    });
    if (count === 0) return null;
    await announce(tx, { organisationId, topic: "decision", id: decisionId });
    return { ...decision, ...claim };
  });
}
