import type { z } from "zod";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { newId } from "#lib/database/new-id.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { reasonsOf } from "./list-reasons.ts";
import { groupOfReason, REASON_CODES } from "./reason-codes.ts";
import type { addReasonBodySchema, changeReasonBodySchema, ReasonView } from "./reason-schema.ts";

/** As many of an organisation's own as a person still finds their way among. */
const MOST_OWN = 100;

/** Adds a reason of the organisation's own. @throws {AppError} forbidden, too_large */
export async function addReason(principal: Principal, body: z.infer<typeof addReasonBodySchema>): Promise<ReasonView> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  const code = `own.${newId().replaceAll("-", "")}`;
  return withOrganisation(organisationId, async (tx) => {
    if ((await tx.reason.count({ where: { organisationId } })) >= MOST_OWN + REASON_CODES.length)
      throw new AppError("too_large");
    await tx.reason.create({ data: { organisationId, code, ...body } });
    return told(tx, principal, code, "reason.added");
  });
}

/**
 * Names a reason otherwise or switches it off and on. Its code stays, and so does what it was used for.
 * @throws {AppError} forbidden; not_found, also for another organisation's
 */
export async function changeReason(
  principal: Principal,
  code: string,
  change: z.infer<typeof changeReasonBodySchema>,
): Promise<ReasonView> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    if (REASON_CODES.includes(code)) {
      const where = { organisationId_code: { organisationId, code } };
      await tx.reason.upsert({
        where,
        create: { organisationId, code, group: groupOfReason(code)!, ...change },
        update: change,
      });
    } else {
      const { label, ...rest } = change;
      const data = { ...rest, ...(label ? { label } : {}) }; // one's own has no usual name to go back to
      const { count } = await tx.reason.updateMany({ where: { organisationId, code }, data });
      if (count === 0) throw new AppError("not_found");
    }
    return told(tx, principal, code, "reason.changed");
  });
}

async function told(
  tx: TenantTransaction,
  principal: Principal,
  code: string,
  action: "reason.added" | "reason.changed",
): Promise<ReasonView> {
  const { organisationId, userId } = principal;
  await appendAudit(tx, {
    organisationId,
    actorId: userId,
    action,
    subjectType: "organisation",
    subjectId: organisationId,
    facts: { code },
  });
  return (await reasonsOf(tx, principal)).find((reason) => reason.code === code)!;
}
