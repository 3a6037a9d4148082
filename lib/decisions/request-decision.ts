import { Prisma } from "#generated/prisma/client.ts";
import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { keyedHash } from "#lib/crypto/keyring.ts";
import { newId } from "#lib/database/new-id.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { DEADLINE_MS } from "#lib/decisions/decision-pace.ts";
import { isOpen, sealWords, toDecisionView } from "#lib/decisions/to-decision-view.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import { lockOrderRows } from "#lib/orders/lock-order-rows.ts";
import { ORDER_COLUMNS, type OrderRow } from "#lib/orders/order-row.ts";
import type { DecideBody, DecisionKind, DecisionView } from "#lib/orders/order-schema.ts";
import { recordedElsewhere, statusAfter, whyNot, whyNotPassedOn } from "#lib/orders/order-states.ts";
import { recordOrderAct } from "#lib/orders/record-order-act.ts";
import { shownOrderId } from "#lib/orders/shown-order-id.ts";
import { situationOf } from "#lib/orders/to-order-view.ts";
import { REASON_CODES, REASON_GROUPS } from "#lib/reasons/reason-codes.ts";
import { findVendor } from "#lib/vendors/registry.ts";

export type DecisionRequest = {
  orderId: string;
  /** "pass_on": what was recorded by another way, before this vendor's order came, is told to this vendor now. */
  kind: DecisionKind | "pass_on";
  body: DecideBody;
  /** The client's own name for this request: sent again, it gets the same answer. At most 200 characters. */
  idempotencyKey: string | null;
};

/**
 * Writes down what a member wants done with an order. The decision, its line in the audit trail, the order's history and the job
 * that carries it out commit together; nothing is sent here.
 * @throws {AppError} forbidden, not_found, action_not_available, order_already_decided, decision_in_progress (facts who, when),
 *   reconnect_needed, vendor_scope_missing, idempotency_key_reused, invalid_parameter (Idempotency-Key)
 */
export async function requestDecision(
  principal: Principal,
  request: DecisionRequest,
  clock: Clock = systemClock,
): Promise<DecisionView> {
  requirePermission(principal, "decide");
  checkKey(request.idempotencyKey);
  const attempt = () => withOrganisation(principal.organisationId, (tx) => write(tx, principal, request, clock));
  try {
    return await attempt();
  } catch (error) {
    // Another process wrote at the same moment: what it wrote can be seen now, and answers this request.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return attempt();
    throw error;
  }
}

function checkKey(key: string | null): void {
  if (key === null || /^[\x21-\x7e]{1,200}$/.test(key)) return;
  throw new AppError("invalid_parameter", "bad Idempotency-Key", {
    invalidParams: [{ name: "Idempotency-Key", reason: "must be 1 to 200 printable ASCII characters without spaces" }],
    facts: { name: "Idempotency-Key" },
  });
}

async function write(
  tx: TenantTransaction,
  principal: Principal,
  request: DecisionRequest,
  clock: Clock,
): Promise<DecisionView> {
  const { organisationId } = principal;
  const orderId = await lockShownOrder(tx, organisationId, request.orderId);
  const earlier = await answeredBefore(tx, principal, request);
  if (earlier) return earlier;
  const order: OrderRow | null = await tx.order.findFirst({
    where: { id: orderId, organisationId },
    select: ORDER_COLUMNS,
  });
  if (!order) throw new AppError("not_found");
  const situation = situationOf(order, principal);
  const hindrance = request.kind === "pass_on" ? whyNotPassedOn(situation) : whyNot(request.kind, situation);
  if (hindrance)
    throw new AppError(hindrance, `cannot ${request.kind}`, { facts: await factsOf(tx, hindrance, order) });
  const kind = request.kind === "pass_on" ? recordedElsewhere(situation) : request.kind;
  if (!kind) throw new AppError("action_not_available");
  return record(tx, principal, { ...request, kind }, { order, bodyHash: hashOf(organisationId, request) }, clock.now());
}

/**
 * One at a time per order, whichever of its ids is named: whoever comes second sees the first one's decision.
 * @returns the id of the row that is shown
 */
async function lockShownOrder(tx: TenantTransaction, organisationId: string, orderId: string): Promise<string> {
  for (;;) {
    const id = await shownOrderId(tx, organisationId, orderId);
    await lockOrderRows(tx, organisationId, [id]);
    // Waiting for the lock, it may have been recognised as another row's twin, or not to be one any more.
    if ((await shownOrderId(tx, organisationId, orderId)) === id) return id;
  }
}

/** The answer to the same request sent before. @throws {AppError} idempotency_key_reused */
async function answeredBefore(
  tx: TenantTransaction,
  { organisationId, userId }: Principal,
  request: DecisionRequest,
): Promise<DecisionView | null> {
  const { idempotencyKey } = request;
  if (idempotencyKey === null) return null;
  const decision = await tx.decision.findUnique({
    where: { organisationId_requestedBy_idempotencyKey: { organisationId, requestedBy: userId, idempotencyKey } },
  });
  if (!decision) return null;
  if (decision.bodyHash !== hashOf(organisationId, request)) throw new AppError("idempotency_key_reused");
  return toDecisionView(decision, await namesOfMembers(tx, [decision.requestedBy]));
}

/** Keyed, because a note may hold a patient's name and short texts can be guessed. */
function hashOf(organisationId: string, { orderId, kind, body }: DecisionRequest): string {
  const text = JSON.stringify([orderId, kind, body.reason ?? null, body.note ?? null]);
  return keyedHash("idempotency", organisationId, text).toString("base64url");
}

/** Who decided, and when: a colleague here, or somebody at the vendor. */
async function factsOf(tx: TenantTransaction, code: string, order: OrderRow): Promise<Record<string, string>> {
  const made = [order, ...order.twins].flatMap((row) => row.decisions);
  const last = made.find(isOpen) ?? made[0];
  const byColleague = last && (isOpen(last) || (last.state === "confirmed" && code === "order_already_decided"));
  if (!byColleague)
    return {
      who: findVendor(order.vendor)?.name ?? order.vendor,
      when: (order.vendorUpdatedAt ?? order.syncedAt).toISOString(),
    };
  const names = await namesOfMembers(tx, [last.requestedBy]);
  return { who: names.get(last.requestedBy) ?? "", when: (last.confirmedAt ?? last.requestedAt).toISOString() };
}

/** A code of the organisation's, or of the one level that came first; anything else is somebody's own words and is sealed like a note. */
async function isReasonCode(tx: TenantTransaction, organisationId: string, text: string): Promise<boolean> {
  if (REASON_CODES.includes(text) || REASON_GROUPS.some((group) => group === text)) return true;
  return (await tx.reason.count({ where: { organisationId, code: text } })) > 0;
}

/** What a person asks for in the browser waits a moment and can be taken back; an API key's call is the decision. */
async function whenItLeaves(
  tx: TenantTransaction,
  { organisationId, via }: Principal,
  now: Date,
): Promise<Date | null> {
  if (via.startsWith("key:")) return null;
  const { undoSeconds } = await tx.organisation.findUniqueOrThrow({
    where: { id: organisationId },
    select: { undoSeconds: true },
  });
  return undoSeconds > 0 ? new Date(now.getTime() + undoSeconds * 1_000) : null;
}

async function record(
  tx: TenantTransaction,
  principal: Principal,
  request: DecisionRequest & { kind: DecisionKind },
  { order, bodyHash }: { order: OrderRow; bodyHash: string },
  now: Date,
): Promise<DecisionView> {
  const { organisationId, userId } = principal;
  const { kind, body } = request;
  const id = newId();
  const code = body.reason && (await isReasonCode(tx, organisationId, body.reason)) ? body.reason : null;
  const recordedOnly = findVendor(order.vendor)?.capabilities.decisionMode === "recorded";
  const leavesAt = await whenItLeaves(tx, principal, now);
  const decision = await tx.decision.create({
    data: {
      id,
      organisationId,
      orderId: order.id,
      kind,
      recordedOnly,
      reason: code,
      reasonSealed: body.reason && !code ? sealWords(organisationId, id, "reason_sealed", body.reason) : null,
      noteSealed: body.note ? sealWords(organisationId, id, "note_sealed", body.note) : null,
      requestedBy: userId,
      requestedAt: now,
      leavesAt,
      deadlineAt: new Date((leavesAt ?? now).getTime() + DEADLINE_MS),
      idempotencyKey: request.idempotencyKey,
      bodyHash,
      ...(recordedOnly ? { state: "confirmed", confirmedAt: now, closedAt: now } : {}),
    },
  });
  const action = recordedOnly ? "recorded" : "requested";
  await recordOrderAct(tx, principal, order.id, {
    action: `decision.${action}`,
    kind: `decision_${action}`,
    facts: { decisionId: id, kind, reason: code },
  });
  if (recordedOnly)
    await tx.order.update({ where: { id: order.id }, data: { status: statusAfter(kind), version: { increment: 1 } } });
  else
    await enqueue(
      tx,
      "carry-out-decision",
      { organisationId, decisionId: id },
      leavesAt ? { startAfter: leavesAt } : {},
    );
  await announce(tx, { organisationId, topic: "order", id: order.id });
  return toDecisionView(decision, new Map([[userId, principal.name]]));
}
