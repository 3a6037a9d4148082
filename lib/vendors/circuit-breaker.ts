/**
 * Keeps calls from a vendor that is down, per host and organisation (F10). Five failures in a row open it; after a pause one
 * call is let through to see; each failed look doubles the pause, up to half a minute.
 */
export class CircuitBreaker {
  static readonly FAILURES = 5;
  static readonly FIRST_PAUSE_MS = 2_000;
  static readonly LONGEST_PAUSE_MS = 30_000;

  #failures = 0;
  #pauseMs = CircuitBreaker.FIRST_PAUSE_MS;
  /** Epoch ms until which it is open; null when closed. */
  #openUntil: number | null = null;
  #looking = false;

  /** @param now epoch ms @returns ms until the next look, 0 when the call may go */
  enter(now: number): number {
    if (this.#openUntil === null) return 0;
    if (now < this.#openUntil) return this.#openUntil - now;
    if (this.#looking) return CircuitBreaker.FIRST_PAUSE_MS;
    this.#looking = true;
    return 0;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#openUntil = null;
    this.#looking = false;
    this.#pauseMs = CircuitBreaker.FIRST_PAUSE_MS;
  }

  failed(now: number): void {
    this.#failures++;
    if (this.#looking) this.#pauseMs = Math.min(CircuitBreaker.LONGEST_PAUSE_MS, this.#pauseMs * 2);
    if (this.#looking || this.#failures >= CircuitBreaker.FAILURES) this.#openUntil = now + this.#pauseMs;
    this.#looking = false;
  }

  /**
   * Another process has met the failures: nobody calls before its next look. When that time comes everybody looks once for
   * themselves.
   * @param until epoch ms
   */
  openedElsewhere(now: number, until: number): void {
    if (until > now && !this.#looking) this.#openUntil = Math.max(this.#openUntil ?? 0, until);
  }

  /** The call ended for a reason of the caller's: it says nothing about the vendor. */
  abandoned(): void {
    this.#looking = false;
  }

  state(now: number): { state: "closed" | "open" | "half_open"; failures: number; nextTryAt: number | null } {
    if (this.#openUntil === null) return { state: "closed", failures: this.#failures, nextTryAt: null };
    const state = now < this.#openUntil ? "open" : "half_open";
    return { state, failures: this.#failures, nextTryAt: this.#openUntil };
  }
}
