import { testEnv } from "#lib/env.ts";

/**
 * Chance that can be had again: the same seed, the same numbers (mulberry32). Fault tests name the seed they failed with.
 */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** [0, 1) */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number below `most`. */
  below(most: number): number {
    return Math.floor(this.next() * most);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

/** The seeds fault tests run with: 1 to FAULT_SEEDS, two unless more are asked for. */
export function faultSeeds(): number[] {
  return Array.from({ length: testEnv().FAULT_SEEDS }, (_, at) => at + 1);
}
