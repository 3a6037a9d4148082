/**
 * Where a computation gets an array from that it needs only for a while.
 * @param name each has its own array
 * @returns zeros
 */
export type TakeFloats = (name: string, length: number) => Float32Array;

export const freshFloats: TakeFloats = (_, length) => new Float32Array(length);

/** The same arrays again for the next mesh: engines collect large ones late, and three jaws would pile them up. */
export function reusedFloats(): TakeFloats {
  const kept = new Map<string, Float32Array>();
  return (name, length) => {
    const own = kept.get(name);
    if (own && own.length >= length) return own.subarray(0, length).fill(0);
    const fresh = freshFloats(name, length);
    kept.set(name, fresh);
    return fresh;
  };
}
