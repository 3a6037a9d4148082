import { toAppError } from "#lib/api/problem.ts";
import type { Clock } from "#lib/clock.ts";
import type { ErrorCode } from "#lib/errors.ts";
import type { DecisionKind } from "#lib/orders/order-schema.ts";
import { outcomeOf } from "#lib/orders/order-states.ts";
import { VendorError, type VendorErrorKind } from "#lib/vendors/error.ts";
import type { Vendor, VendorOrder } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** What one try brought to light. */
export type Answer =
  /**
   * How the order stands at the vendor. `elsewhere`: it stood so before anything of ours reached it. `seenAt`: any read that began
   * before it may show an older state (F24).
   */
  | { kind: "order"; order: VendorOrder; seenAt: Date; elsewhere: boolean; code: ErrorCode | null }
  /** The vendor will not do it, however often it is asked. */
  | { kind: "refused"; code: ErrorCode }
  /** Not clear, or not now. */
  | { kind: "again"; code: ErrorCode; retryAfterMs?: number };

/** Vendors' clocks and ours may differ by this much, ms. */
const CLOCKS_MS = 2 * 60_000;

/** Clear refusals: nothing happened, and nothing will. */
const REFUSALS: Partial<Record<VendorErrorKind, ErrorCode>> = {
  scope: "vendor_scope_missing",
  not_found: "vendor_refused",
  invalid: "vendor_refused",
};

/**
 * Sends the decision, unless the order already stands where it leads. Only the very first try sends unseen; every other one
 * reads before it sends, and any answer but a clear one is followed by reading. A `lastLook` sends nothing.
 * @throws {VendorError} when the order cannot be read (also kind "token", for the session's one refresh)
 */
export async function askVendor(
  session: VendorSession,
  vendor: Vendor,
  decision: { kind: string; attempts: number; order: { number: string } },
  lastLook: boolean,
  clock: Clock,
): Promise<Answer> {
  const kind = decision.kind as DecisionKind;
  const { number } = decision.order;
  const source = vendor.orders;
  if (!source?.decide) return { kind: "refused", code: "action_not_available" };
  const isFirst = decision.attempts === 1;
  if (!isFirst || lastLook) {
    const seenAt = clock.now();
    const order = await source.get(session, number);
    if (lastLook || outcomeOf(kind, order.status) !== "pending")
      return { kind: "order", order, seenAt, elsewhere: false, code: null };
  }
  let doubt: VendorError | null = null;
  try {
    const order = await source.decide(session, number, kind);
    if (order && outcomeOf(kind, order.status) === "as_wished")
      // The deed was done by the time its answer came, and not yet when it was sent.
      return { kind: "order", order, seenAt: clock.now(), elsewhere: false, code: null };
  } catch (error) {
    if (!(error instanceof VendorError) || error.kind === "token") throw error;
    const refusal = REFUSALS[error.kind];
    if (refusal) return await checkRefusal(session, source, decision, refusal, clock);
    if (error.noEffect && error.kind !== "conflict")
      return { kind: "again", code: toAppError(error).code, retryAfterMs: error.retryAfterMs ?? 0 };
    doubt = error;
  }
  const seenAt = clock.now();
  const order = await source.get(session, number);
  // A conflict on the very first send: somebody at the vendor was faster, whatever they decided.
  return {
    kind: "order",
    order,
    seenAt,
    elsewhere: isFirst && doubt?.kind === "conflict",
    code: doubt && toAppError(doubt).code,
  };
}

/**
 * Whoever stands between us and the vendor may refuse what the vendor has done: the order itself says whether it was. Where it cannot be
 * read, the refusal is believed.
 */
async function checkRefusal(
  session: VendorSession,
  source: NonNullable<Vendor["orders"]>,
  { kind, order: { number } }: { kind: string; order: { number: string } },
  code: ErrorCode,
  clock: Clock,
): Promise<Answer> {
  const seenAt = clock.now();
  const order = await source.get(session, number).catch((error: unknown) => {
    if (error instanceof VendorError) return null;
    throw error;
  });
  if (!order || outcomeOf(kind as DecisionKind, order.status) !== "as_wished") return { kind: "refused", code };
  const elsewhere = (order.updatedAt?.getTime() ?? 0) < seenAt.getTime() - CLOCKS_MS;
  return { kind: "order", order, seenAt, elsewhere, code };
}
