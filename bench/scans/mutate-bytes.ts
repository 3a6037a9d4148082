/** Numbers that are the same for the same seed. */
export function numbersOf(seed: number): (below: number) => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What breaks careless readers. */
const NASTY = [
  "-1",
  "0",
  "4294967295",
  "1e308",
  "1e-400",
  "nan",
  "\0",
  "\n",
  "\r",
  "f -1 -1 -1\n",
  "v ",
  "\\\n",
  " ",
  "/",
  "7z",
];

/** One to five changes: bytes turned, cut off, put in, doubled, swapped, or set to extremes. */
export function mutateBytes(bytes: Uint8Array, seed: number): Uint8Array {
  const next = numbersOf(seed);
  let changed: Uint8Array = bytes.slice();
  for (let change = next(5); change >= 0; change--) changed = changeOnce(changed, next);
  return changed;
}

function changeOnce(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  const at = next(bytes.length + 1);
  const copy = bytes.slice();
  switch (next(7)) {
    case 0:
      if (at < copy.length) copy[at]! ^= 1 << next(8);
      return copy;
    case 1:
      return bytes.slice(0, at);
    case 2:
      return joined(bytes.subarray(0, at), new TextEncoder().encode(NASTY[next(NASTY.length)]), bytes.subarray(at));
    case 3:
      return joined(bytes.subarray(0, at + next(200)), bytes.subarray(at));
    case 4:
      return joined(bytes.subarray(0, at), bytes.subarray(at + next(64)));
    case 5:
      copy.fill([0, 0xff, 0x7f, 0x80][next(4)]!, at, at + 1 + next(8));
      return copy;
    default:
      copy.copyWithin(at, next(bytes.length + 1), next(bytes.length + 1));
      return copy;
  }
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
