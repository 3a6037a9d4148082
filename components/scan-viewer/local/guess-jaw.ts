import type { Jaw } from "#lib/orders/order-schema.ts";

const WORDS: readonly [Jaw, RegExp][] = [
  ["upper", /upper|maxill|oberkiefer|(?:^|[^a-z])(?:ok|uj)(?:[^a-z]|$)/],
  ["lower", /lower|mandib|unterkiefer|antagonist|(?:^|[^a-z])(?:uk|lj)(?:[^a-z]|$)/],
  ["bite", /bite|occlusion|biss|vestib/],
];

/** What a file's name says of its place in the mouth; null when it says nothing. */
export function guessJaw(fileName: string): Jaw | null {
  const name = fileName.toLowerCase();
  return WORDS.find(([, words]) => words.test(name))?.[0] ?? null;
}
