/**
 * How fast one credential calls a vendor. Where the vendor documents a limit it is kept; where it does not (MeditLink), calls go
 * as they come until a 429, which pauses everybody and spaces out the calls after it; success lets the spacing melt away.
 */
export class RateBucket {
  static readonly LONGEST_SPACING_MS = 2_000;
  /** Timers may fire a moment early; a vendor counts a call before its time as one too many. */
  static readonly MARGIN_MS = 25;
  readonly #limit: { calls: number; perMs: number } | null;
  #tokens: number;
  #filledAt: number | null = null;
  #pausedUntil = 0;
  #spacingMs = 0;
  #nextAt = 0;
  #refusals = 0;
  #lastSent: number[] = [];

  constructor(limit?: { calls: number; perMs: number }) {
    this.#limit = limit ?? null;
    this.#tokens = limit?.calls ?? 0;
  }

  /**
   * Takes the next place in the line, if it comes soon enough.
   * @param now epoch ms @param patienceMs the longest wait the caller accepts
   * @returns ms to wait for the place; more than `patienceMs` when no place was taken
   */
  take(now: number, patienceMs: number): number {
    const at = Math.max(now, this.#pausedUntil, this.#nextAt, this.#nextTokenAt(now));
    if (at - now > patienceMs) return at - now;
    if (this.#limit) this.#tokens -= 1;
    this.#nextAt = at + this.#spacingMs;
    this.#lastSent = [...this.#lastSent.slice(-7), at];
    return at - now;
  }

  /** Another process was told to wait until then, epoch ms. */
  pause(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }

  succeeded(): void {
    this.#refusals = 0;
    this.#spacingMs = this.#spacingMs < 5 ? 0 : this.#spacingMs * 0.97;
  }

  /** The vendor answered 429. @returns ms that nobody may call now */
  refused(now: number, retryAfterMs: number | null, random: number): number {
    this.#refusals++;
    // Without Retry-After: 1, 2, 4 … 60 s, and up to half as long again so that instances do not return in step.
    const waitMs = retryAfterMs ?? Math.min(60_000, 1_000 * 2 ** (this.#refusals - 1)) * (1 + random / 2);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + waitMs + RateBucket.MARGIN_MS);
    this.#spacingMs = Math.min(RateBucket.LONGEST_SPACING_MS, Math.max(20, this.#spacingMs * 2, this.#usualGap()));
    return this.#pausedUntil - now;
  }

  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  #nextTokenAt(now: number): number {
    if (!this.#limit) return now;
    const { calls, perMs } = this.#limit;
    this.#tokens = Math.min(calls, this.#tokens + ((now - (this.#filledAt ?? now)) * calls) / perMs);
    this.#filledAt = now;
    return this.#tokens >= 1 ? now : now + Math.ceil(((1 - this.#tokens) * perMs) / calls);
  }

  /** ms between the last calls: twice that is a pace the vendor did not refuse. */
  #usualGap(): number {
    const first = this.#lastSent[0];
    const last = this.#lastSent.at(-1);
    if (first === undefined || last === undefined || this.#lastSent.length < 2) return 0;
    return (2 * (last - first)) / (this.#lastSent.length - 1);
  }
}
