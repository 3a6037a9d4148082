import type { Endpoint } from "#lib/vendors/endpoint.ts";
import type { VendorError } from "#lib/vendors/error.ts";

export type RetryDecision = {
  retry: boolean;
  reason:
    | "network"
    | "timeout"
    | "status"
    | "rate_limited"
    | "not_repeatable"
    | "too_often"
    | "budget"
    | "wait_too_long"
    | "final";
  /** ms to wait before the next try; 0 when there is none. */
  waitMs: number;
};

/** Tries of one call, the first included. */
export const MAX_ATTEMPTS = 3;
/** A longer pause is the job's to wait out, not a caller's: the call fails with the time to wait. */
export const PATIENCE_MS = 3_000;
const BASE_MS = 200;
const CAP_MS = 5_000;

/**
 * Whether a failed call is sent again. Only what may be repeated, only for failures that pass (network, 429, 5xx), only within
 * the budget, with full jitter so that many callers do not return in step.
 *
 * @param attempt tries so far, from 1
 * @param random [0, 1)
 */
export function decideRetry(input: {
  repeat: Endpoint["repeat"];
  attempt: number;
  error: VendorError;
  hasBudget: boolean;
  random: number;
}): RetryDecision {
  const { repeat, attempt, error } = input;
  const reason = passing(error);
  if (!reason) return no("final");
  if (repeat === "once") return no("not_repeatable");
  if (attempt >= MAX_ATTEMPTS) return no("too_often");
  const waitMs = error.retryAfterMs ?? backOff(attempt, input.random);
  if (waitMs > PATIENCE_MS) return no("wait_too_long");
  if (!input.hasBudget) return no("budget");
  return { retry: true, reason, waitMs };
}

/** Full jitter: anywhere between nothing and the doubled base. */
export function backOff(attempt: number, random: number): number {
  return Math.round(Math.min(CAP_MS, BASE_MS * 2 ** attempt) * random);
}

function passing(error: VendorError): "network" | "timeout" | "status" | "rate_limited" | null {
  if (error.kind === "rate_limited") return "rate_limited";
  if (error.kind === "timeout") return "timeout";
  if (error.kind === "unavailable") return error.status === null ? "network" : "status";
  return null;
}

function no(reason: RetryDecision["reason"]): RetryDecision {
  return { retry: false, reason, waitMs: 0 };
}

/**
 * Retries that calls may cost together: every first try earns a fifth of one, so that a vendor in trouble meets at most 1.2
 * times our usual traffic (F10).
 */
export class RetryBudget {
  static readonly SHARE = 0.2;
  static readonly MOST = 10;
  #balance = 2;

  earn(): void {
    this.#balance = Math.min(RetryBudget.MOST, this.#balance + RetryBudget.SHARE);
  }

  get has(): boolean {
    return this.#balance >= 1;
  }

  spend(): void {
    this.#balance -= 1;
  }
}
