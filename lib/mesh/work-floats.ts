import { releaseBytes } from "./release-bytes.ts";

/**
 * Where a computation gets an array from that it needs only for a while.
 * @param name each has its own array
 * @returns zeros
 */
export type TakeFloats = (name: string, length: number) => Float32Array;

export const freshFloats: TakeFloats = (_, length) => new Float32Array(length);

/** The same arrays again for the next mesh: engines collect large ones late, and three jaws would pile them up. */
export function reusedFloats(): { take: TakeFloats; release(): void } {
  const kept = new Map<string, Float32Array<ArrayBuffer>>();
  return {
    take(name, length) {
      const own = kept.get(name);
      if (own && own.length >= length) return own.subarray(0, length).fill(0);
      if (own) releaseBytes(own);
      const fresh = new Float32Array(length);
      kept.set(name, fresh);
      return fresh;
    },
    release() {
      for (const floats of kept.values()) releaseBytes(floats);
      kept.clear();
    },
  };
}
