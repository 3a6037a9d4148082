import { createHash } from "node:crypto";

/** A small deterministic generator (mulberry32): the same seed gives the same orders, teeth and identifiers. */
export class Random {
  #state: number;

  constructor(seed: number | string) {
    this.#state = typeof seed === "number" ? seed >>> 0 : hash32(seed);
  }

  /** Next number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** Whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)] as T;
  }

  /** A version 4 shaped UUID. */
  uuid(): string {
    let hex = "";
    for (let i = 0; i < 4; i++) hex += this.int(0, 0xffff_ffff).toString(16).padStart(8, "0");
    const variant = (8 + (Number.parseInt(hex[16] ?? "0", 16) % 4)).toString(16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}

/** 32 bits of a text's SHA-256: seeds that do not collide by accident. */
export function hash32(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32LE(0);
}

/** The same text always gives the same UUID. */
export function stableUuid(text: string): string {
  return new Random(text).uuid();
}
