import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { dayIn } from "#lib/day-in.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import { recordOrderAct } from "#lib/orders/record-order-act.ts";
import { shownOrderId } from "#lib/orders/shown-order-id.ts";
import { reasonsOf } from "#lib/reasons/list-reasons.ts";
import type { HoldBody } from "./hold-schema.ts";
import { sealHoldNote } from "./seal-hold-note.ts";

const DAY_MS = 86_400_000;
/** Further ahead than any due date: a slip of the pen. */
const LONGEST_DAYS = 366;

/**
 * Puts an order aside until a day, with a reason: a lab's own affair. It comes back by itself, nothing has to run for that, and the
 * portal is not told.
 * @throws {AppError} forbidden, also for a clinic's own; not_found, also for another organisation's; invalid_body for a day that is
 * not ahead, or no reason of ours
 */
export async function holdOrder(
  principal: Principal,
  orderId: string,
  body: HoldBody,
  clock: Clock = systemClock,
): Promise<void> {
  requirePermission(principal, "decide");
  const { organisationId, userId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    const id = await shownOrderId(tx, organisationId, orderId);
    const order = await tx.order.findFirst({ where: { id, organisationId }, select: { side: true } });
    if (!order) throw new AppError("not_found");
    if (order.side !== "lab") throw new AppError("forbidden", "put aside by a lab only");
    const until = new Date(`${body.until}T00:00:00Z`);
    const days = (until.getTime() - (await todayOf(tx, organisationId, clock)).getTime()) / DAY_MS;
    if (days < 1 || days > LONGEST_DAYS) throw wrong("until", "must be a day ahead, within a year");
    if (!(await reasonsOf(tx, principal)).some(({ code }) => code === body.reason))
      throw wrong("reason", "is no reason of this organisation");
    await tx.order.updateMany({
      where: { id, organisationId },
      data: {
        holdUntil: until,
        holdReason: body.reason,
        holdNoteSealed: body.note ? sealHoldNote(organisationId, id, body.note) : null,
        heldBy: userId,
        version: { increment: 1 },
      },
    });
    await record(tx, principal, id, "held", { reason: body.reason, until: body.until });
  });
}

/** Takes an order up again before its day. @throws {AppError} forbidden; not_found, also for one that is not put aside */
export async function releaseOrder(principal: Principal, orderId: string): Promise<void> {
  requirePermission(principal, "decide");
  const { organisationId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    const id = await shownOrderId(tx, organisationId, orderId);
    const { count } = await tx.order.updateMany({
      where: { id, organisationId, holdUntil: { not: null } },
      data: { holdUntil: null, holdReason: null, holdNoteSealed: null, heldBy: null, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("not_found");
    await record(tx, principal, id, "released", {});
  });
}

/** The organisation's calendar day, at 00:00 UTC as a `date` column holds it. */
async function todayOf(tx: TenantTransaction, organisationId: string, clock: Clock): Promise<Date> {
  const { timeZone } = await tx.organisation.findUniqueOrThrow({
    where: { id: organisationId },
    select: { timeZone: true },
  });
  return new Date(`${dayIn(clock.now(), timeZone)}T00:00:00Z`);
}

function wrong(name: string, reason: string): AppError {
  return new AppError("invalid_body", reason, { invalidParams: [{ name, reason }], facts: { name } });
}

async function record(
  tx: TenantTransaction,
  principal: Principal,
  orderId: string,
  what: "held" | "released",
  facts: Record<string, string>,
): Promise<void> {
  await recordOrderAct(tx, principal, orderId, { action: `order.${what}`, kind: `order_${what}`, facts });
  await announce(tx, { organisationId: principal.organisationId, topic: "order", id: orderId });
}
