/** Lines of a list of which only those in sight are drawn; px throughout. */
export type RowsInSight = { first: number; end: number; before: number; after: number };

/** Where each line ends, from the heights of all. */
export function endsOf(heights: readonly number[]): number[] {
  let sum = 0;
  return heights.map((height) => (sum += height));
}

/** The lines between two places of the list, `end` not included, and the space of those before and after them. */
export function rowsInSight(ends: readonly number[], from: number, to: number): RowsInSight {
  const first = firstAfter(ends, from);
  const end = Math.min(ends.length, firstAfter(ends, to) + 1);
  return { first, end, before: startOf(ends, first), after: (ends.at(-1) ?? 0) - (ends[end - 1] ?? 0) };
}

export function startOf(ends: readonly number[], line: number): number {
  return ends[line - 1] ?? 0;
}

/**
 * Where to scroll so that a line is seen whole below what sticks to the top, and no further than that; as it is where it is seen.
 * @param head height of what sticks to the top, which is before the lines too
 */
export function scrollToSee(ends: readonly number[], line: number, top: number, height: number, head: number): number {
  const start = startOf(ends, line);
  if (start < top) return start;
  return Math.max(top, head + (ends[line] ?? 0) - height);
}

/** The first line that ends after a place. */
function firstAfter(ends: readonly number[], place: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > place) high = middle;
    else low = middle + 1;
  }
  return low;
}
