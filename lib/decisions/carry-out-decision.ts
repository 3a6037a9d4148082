import { toAppError } from "#lib/api/problem.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { type Answer, askVendor } from "#lib/decisions/ask-vendor.ts";
import { type ClaimedDecision, claimDecision } from "#lib/decisions/claim-decision.ts";
import { confirmDecision, conflictDecision, failDecision, postponeDecision } from "#lib/decisions/close-decision.ts";
import { TRY_MS } from "#lib/decisions/decision-pace.ts";
import { log } from "#lib/log/log.ts";
import type { DecisionKind } from "#lib/orders/order-schema.ts";
import { outcomeOf } from "#lib/orders/order-states.ts";

/** A state nobody knows may be one of a moment: it counts as the vendor's answer when it still stands at this try. */
const LOOKS_AT_UNKNOWN = 4;

/**
 * One try to carry out a decision at its vendor. The journal says "sending" before anything leaves, so whatever dies, the next
 * try reads the order at the vendor before it sends again: one effect per decision (faults F32 to F35). Ends with the decision
 * closed (confirmed, conflict, failed) or with a job for the next try.
 */
export async function carryOutDecision(
  organisationId: string,
  decisionId: string,
  options: { clock?: Clock; signal?: AbortSignal } = {},
): Promise<void> {
  const clock = options.clock ?? systemClock;
  const decision = await claimDecision(organisationId, decisionId, clock);
  if (!decision) return;
  const startedAt = clock.now();
  const lastLook = startedAt >= decision.deadlineAt;
  // Nothing ever left and the time is over: nothing to look for.
  if (lastLook && decision.attempts === 1) return failDecision(decision, decision.problem ?? "vendor_timeout", clock);
  let answer: Answer;
  try {
    const signal = AbortSignal.any([AbortSignal.timeout(TRY_MS), ...(options.signal ? [options.signal] : [])]);
    answer = await withSession(
      decision.order.connection.id,
      organisationId,
      (session, vendor) => askVendor({ ...session, signal }, vendor, decision, lastLook, clock),
      { signal },
    );
  } catch (error) {
    const { code } = toAppError(error);
    log.warn({ decisionId, attempts: decision.attempts, code, err: error }, "decision not carried out");
    answer = { kind: "again", code };
  }
  await settle(decision, answer, lastLook, clock);
}

async function settle(decision: ClaimedDecision, answer: Answer, lastLook: boolean, clock: Clock): Promise<void> {
  if (answer.kind === "refused") return failDecision(decision, answer.code, clock);
  if (answer.kind === "again") {
    if (lastLook) return failDecision(decision, answer.code, clock);
    return postponeDecision(decision, answer.code, answer.retryAfterMs ?? 0, clock);
  }
  const { order, seenAt } = answer;
  const outcome = outcomeOf(decision.kind as DecisionKind, order.status);
  if (outcome === "as_wished") return confirmDecision(decision, order, seenAt, answer.elsewhere, clock);
  if (order.status === "other" && !lastLook && decision.attempts < LOOKS_AT_UNKNOWN)
    return postponeDecision(decision, answer.code ?? "vendor_timeout", 0, clock);
  if (outcome === "otherwise") return conflictDecision(decision, order, seenAt, clock);
  if (lastLook) return failDecision(decision, decision.problem ?? "vendor_timeout", clock);
  return postponeDecision(decision, answer.code ?? "vendor_timeout", 0, clock);
}
