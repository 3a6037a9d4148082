import { crossOf, dotOf, minus, type Point, plus, vertexAt } from "./geometry.ts";

/**
 * The same questions answered the slow way, triangle by triangle in double precision, without a tree, a grid or a preview: what
 * tests hold the fast answers to.
 */
export interface PlainMesh {
  positions: Float32Array;
  indices: Uint32Array;
}

export type Triangle = readonly [Point, Point, Point];

export function* trianglesOf({ positions, indices }: PlainMesh): Generator<Triangle> {
  for (let i = 0; i + 2 < indices.length; i += 3)
    yield [
      vertexAt(positions, indices[i]!),
      vertexAt(positions, indices[i + 1]!),
      vertexAt(positions, indices[i + 2]!),
    ];
}

/** The point of a triangle that is nearest to `p`: its foot on the plane, or on one of its edges. */
export function nearestOnTriangle(p: Point, [a, b, c]: Triangle): Point {
  const normal = crossOf(minus(b, a), minus(c, a));
  const foot = plus(p, normal, -dotOf(minus(p, a), normal) / dotOf(normal, normal));
  const edges = [
    [a, b],
    [b, c],
    [c, a],
  ] as const;
  const isInside = edges.every(([from, to]) => dotOf(crossOf(minus(to, from), minus(foot, from)), normal) >= 0);
  if (isInside) return foot;
  const onEdges = edges.map(([from, to]) => {
    const along = minus(to, from);
    const share = Math.min(1, Math.max(0, dotOf(minus(p, from), along) / dotOf(along, along)));
    return plus(from, along, share);
  });
  return onEdges.reduce((best, place) => (lengthOf(minus(place, p)) < lengthOf(minus(best, p)) ? place : best));
}

export const lengthOf = ([x, y, z]: Point): number => Math.hypot(x, y, z);

/** The nearest point of a surface. */
export function nearestByBruteForce(mesh: PlainMesh, p: Point): { point: Point; mm: number } {
  let best: { point: Point; mm: number } = { point: p, mm: Number.POSITIVE_INFINITY };
  for (const triangle of trianglesOf(mesh)) {
    const point = nearestOnTriangle(p, triangle);
    const mm = lengthOf(minus(point, p));
    if (mm < best.mm) best = { point, mm };
  }
  return best;
}

/** Whether a point lies inside a closed body: how often the body winds around it (van Oosterom and Strackee 1983). */
export function isInsideByBruteForce(mesh: PlainMesh, p: Point): boolean {
  let turns = 0;
  for (const corners of trianglesOf(mesh)) {
    const [a, b, c] = corners.map((corner) => minus(corner, p)) as [Point, Point, Point];
    const [la, lb, lc] = [lengthOf(a), lengthOf(b), lengthOf(c)];
    const solid = dotOf(a, crossOf(b, c));
    turns += 2 * Math.atan2(solid, la * lb * lc + dotOf(a, b) * lc + dotOf(b, c) * la + dotOf(c, a) * lb);
  }
  return turns > 2 * Math.PI;
}

/** Where a ray first meets a surface, from either side; null where it misses. @param direction of length 1 */
export function hitByBruteForce(mesh: PlainMesh, origin: Point, direction: Point): Point | null {
  let nearest = Number.POSITIVE_INFINITY;
  for (const [a, b, c] of trianglesOf(mesh)) {
    const normal = crossOf(minus(b, a), minus(c, a));
    const along = dotOf(minus(a, origin), normal) / dotOf(direction, normal);
    if (!(along >= 0) || along >= nearest) continue;
    const at = plus(origin, direction, along);
    const isInside = [
      [a, b],
      [b, c],
      [c, a],
    ].every(([from, to]) => dotOf(crossOf(minus(to!, from!), minus(at, from!)), normal) >= 0);
    if (isInside) nearest = along;
  }
  return Number.isFinite(nearest) ? plus(origin, direction, nearest) : null;
}

/** How long the line is in which a plane cuts a surface, mm. @param normal of length 1 */
export function sectionLengthByBruteForce(mesh: PlainMesh, origin: Point, normal: Point): number {
  let sum = 0;
  for (const corners of trianglesOf(mesh)) {
    const heights = corners.map((corner) => dotOf(minus(corner, origin), normal));
    const ends: Point[] = [];
    for (let i = 0; i < 3; i++) {
      const [from, to] = [i, (i + 1) % 3] as const;
      if (heights[from]! < 0 === heights[to]! < 0) continue;
      const share = heights[from]! / (heights[from]! - heights[to]!);
      ends.push(plus(corners[from]!, minus(corners[to]!, corners[from]!), share));
    }
    if (ends.length === 2) sum += lengthOf(minus(ends[0]!, ends[1]!));
  }
  return sum;
}
