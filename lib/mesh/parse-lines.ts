/** Lines in space without a surface, such as the margin of a preparation. */
export interface LineSet {
  /** x y z per point, mm. */
  positions: Float32Array;
  /** Two points per piece. */
  segments: Uint32Array;
}

/** A drawn line has hundreds of points; whoever sends more sends something else. */
const LARGEST_FILE_BYTES = 4 * 1024 * 1024;

/** Points that follow each other along a line are about equally far apart; a cloud of points is not. */
const LARGEST_STEP = 12;
/** The ends of a ring are as near to each other as its other points. */
const RING_GAP = 3;

/**
 * Reads lines: an OBJ's `v` and `l` (also `l a/t b/t`, relative numbers), an OBJ of vertices alone, or a bare text of `x y z` per
 * line, as margin lines come. Vertices without `l` are one line in their order, closed when its ends meet.
 * @returns null when the file holds no lines, or anything else beside them
 */
export function parseLines(bytes: Uint8Array): LineSet | null {
  if (bytes.length > LARGEST_FILE_BYTES || bytes.includes(0)) return null;
  const points: number[] = [];
  const segments: number[] = [];
  for (const line of new TextDecoder().decode(bytes).split(/\r\n|\r|\n/)) {
    const words = line.trim().split(/[\s,;]+/);
    const [first = ""] = words;
    if (first === "f") return null;
    if (first === "l") {
      const chain = words.slice(1).map((word) => pointNamed(word, points.length / 3));
      if (!chain.every((point) => point !== null)) return null;
      for (let i = 1; i < chain.length; i++) segments.push(chain[i - 1]!, chain[i]!);
    } else if (first === "v" || isNumber(first)) {
      const place = words.slice(first === "v" ? 1 : 0).map(Number);
      if (place.length < 3 || !place.slice(0, 3).every(Number.isFinite)) return null;
      points.push(place[0]!, place[1]!, place[2]!);
    }
  }
  const positions = new Float32Array(points);
  const pieces = segments.length > 0 ? segments : chainOf(positions);
  const count = points.length / 3;
  if (pieces.length === 0 || pieces.some((point) => point >= count)) return null;
  return { positions, segments: new Uint32Array(pieces) };
}

function isNumber(word: string): boolean {
  return word !== "" && Number.isFinite(Number(word));
}

/** The point (from 0) that `l` names; null where it is no number. */
function pointNamed(word: string, known: number): number | null {
  const written = Number.parseInt(word, 10);
  if (!Number.isInteger(written) || written === 0) return null;
  const point = written > 0 ? written - 1 : known + written;
  return point >= 0 ? point : null;
}

function chainOf(positions: Float32Array): number[] {
  const count = positions.length / 3;
  if (count < 3) return [];
  const stepTo = (from: number, to: number) =>
    Math.hypot(...[0, 1, 2].map((axis) => positions[to * 3 + axis]! - positions[from * 3 + axis]!));
  const steps = Array.from({ length: count - 1 }, (_, i) => stepTo(i, i + 1));
  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1]!;
  if (steps.some((step) => step > LARGEST_STEP * usual)) return [];
  const chain = steps.flatMap((_, i) => [i, i + 1]);
  return stepTo(count - 1, 0) <= RING_GAP * usual ? [...chain, count - 1, 0] : chain;
}
