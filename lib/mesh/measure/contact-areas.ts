import { crossOf, minus, vertexAt } from "./geometry.ts";

export interface ContactSummary {
  /** Areas that hang together. */
  count: number;
  areaMm2: number;
  /** The smallest signed distance, mm; null when nothing is within the limit that the distances were computed with. */
  deepestMm: number | null;
}

/**
 * The places where a surface comes as near to the other one as asked: how many, and how large together. Inside a triangle
 * the distance runs evenly between its corners, so that the border of an area does not follow the triangles.
 * @param distances per vertex, mm (signedDistances)
 */
export function contactAreas(
  positions: Float32Array,
  indices: Uint32Array,
  distances: Float32Array,
  withinMm: number,
): ContactSummary {
  const parents = Int32Array.from(distances, (distance, vertex) => (distance <= withinMm ? vertex : -1));
  let areaMm2 = 0;
  for (let i = 0; i + 2 < indices.length; i += 3) {
    const corners = [indices[i]!, indices[i + 1]!, indices[i + 2]!] as const;
    const inside = corners.filter((corner) => parents[corner]! >= 0);
    if (inside.length === 0) continue;
    for (let k = 1; k < inside.length; k++) join(parents, inside[0]!, inside[k]!);
    areaMm2 += triangleArea(positions, corners) * shareWithin(positions, corners, distances, withinMm);
  }
  let deepestMm: number | null = null;
  for (const distance of distances) {
    if (Number.isFinite(distance) && (deepestMm === null || distance < deepestMm)) deepestMm = distance;
  }
  return { count: countRoots(parents), areaMm2, deepestMm };
}

/**
 * The part of a triangle where the distance is at most `within`. A corner that is FAR is taken to be as far as its edge is
 * long: no surface can fall away faster.
 */
function shareWithin(
  positions: Float32Array,
  corners: readonly number[],
  distances: Float32Array,
  within: number,
): number {
  const [a, b, c] = corners.toSorted((x, y) => distances[x]! - distances[y]!) as [number, number, number];
  const over = (corner: number) => distances[corner]! - within;
  const towards = (from: number, to: number) => {
    const rise = Number.isFinite(over(to))
      ? over(to) - over(from)
      : Math.hypot(...minus(vertexAt(positions, to), vertexAt(positions, from)));
    return rise > 0 ? Math.min(1, -over(from) / rise) : 1;
  };
  if (over(c) <= 0) return 1;
  if (over(b) > 0) return towards(a, b) * towards(a, c);
  return 1 - (1 - towards(a, c)) * (1 - towards(b, c));
}

export function triangleArea(positions: Float32Array, [a, b, c]: readonly [number, number, number]): number {
  const origin = vertexAt(positions, a);
  return Math.hypot(...crossOf(minus(vertexAt(positions, b), origin), minus(vertexAt(positions, c), origin))) / 2;
}

function rootOf(parents: Int32Array, vertex: number): number {
  let root = vertex;
  while (parents[root] !== root) root = parents[root]!;
  for (let at = vertex; parents[at] !== root; ) {
    const next = parents[at]!;
    parents[at] = root;
    at = next;
  }
  return root;
}

function join(parents: Int32Array, a: number, b: number): void {
  parents[rootOf(parents, a)] = rootOf(parents, b);
}

function countRoots(parents: Int32Array): number {
  let count = 0;
  for (const [vertex, parent] of parents.entries()) if (vertex === parent) count++;
  return count;
}
