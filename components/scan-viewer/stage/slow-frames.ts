/** A picture that takes longer is felt as sticking to the hand, ms. */
const SLOW_MS = 40;
/** Between pictures further apart the hand rested: nothing is drawn then, ms. */
const PAUSE_MS = 250;
/** So many slow pictures one after the other are no accident. */
const ENOUGH = 6;

/** Finds out from the pictures of a movement whether this machine is slow with the full mesh. */
export class SlowFrames {
  #last = Number.NEGATIVE_INFINITY;
  #slow = 0;

  /** A picture is drawn. @param now ms @returns true once the last ones were all slow */
  drawn(now: number): boolean {
    const took = now - this.#last;
    this.#last = now;
    if (took <= PAUSE_MS) this.#slow = took > SLOW_MS ? this.#slow + 1 : 0;
    return this.#slow >= ENOUGH;
  }
}
