import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { toDecisionView } from "#lib/decisions/to-decision-view.ts";
import { AppError } from "#lib/errors.ts";
import type { DecisionView } from "#lib/orders/order-schema.ts";

/** How a decision stands. @throws {AppError} not_found, also for another organisation's decision */
export async function getDecision(principal: Principal, decisionId: string): Promise<DecisionView> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const decision = await tx.decision.findFirst({ where: { id: decisionId, organisationId } });
    if (!decision) throw new AppError("not_found");
    return toDecisionView(decision, await namesOfMembers(tx, [decision.requestedBy]));
  });
}
