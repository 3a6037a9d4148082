import { Box3, Vector3 } from "three";
import { crossOf, dotOf, minus, type Point, unit, vertexAt } from "./geometry.ts";
import type { MeasuredMesh } from "./measured-mesh.ts";

/** What a vertex has that lies farther from the other surface than was asked about. */
export const FAR = Number.POSITIVE_INFINITY;

/** Vertices between two looks at the clock and the stop sign. */
const BATCH = 4096;

/** Rounding of the tree's own arithmetic, mm: a threshold this much too tight would lose the point. */
const SLACK_MM = 1e-4;

/**
 * How far each vertex of a mesh is from another surface, mm: negative where it is inside of it, `FAR` beyond the limit.
 * Exact: the closest point of the other mesh's triangles, not of its vertices.
 *
 * Vertices are taken in their own order, in which neighbours follow each other: no vertex can be farther than the one
 * before it plus the step between them, so most of the tree is never looked at.
 * @param pause called every few milliseconds; what it throws ends the work
 */
export async function signedDistances(
  positions: Float32Array,
  other: MeasuredMesh,
  limitMm: number,
  pause: () => Promise<void> = async () => {},
): Promise<Float32Array> {
  const vertices = positions.length / 3;
  const distances = new Float32Array(vertices).fill(FAR);
  const near = new Box3();
  other.tree.getBoundingBox(near);
  near.expandByScalar(limitMm);
  const side = sidesOf(other);
  const point = new Vector3();
  const before = new Vector3();
  const found = { point: new Vector3(), distance: 0, faceIndex: 0 };
  let known = FAR;
  for (let vertex = 0; vertex < vertices; vertex++) {
    if (vertex % BATCH === 0) await pause();
    point.fromArray(positions, vertex * 3);
    if (!near.containsPoint(point)) {
      known = FAR;
      continue;
    }
    const reach = Math.min(limitMm, known + point.distanceTo(before)) + SLACK_MM;
    const hit = other.tree.closestPointToPoint(point, found, 0, reach);
    before.copy(point);
    known = hit && hit.distance <= limitMm ? hit.distance : FAR;
    if (known !== FAR) distances[vertex] = known * side(point.toArray(), found.point.toArray(), found.faceIndex);
  }
  return distances;
}

/** The nearest point of a surface, and on which side of it the asked one lies. mm */
export function nearestOnMesh(mesh: MeasuredMesh, point: Point): { point: Point; mm: number } | null {
  const hit = mesh.tree.closestPointToPoint(new Vector3(...point));
  return hit && { point: hit.point.toArray(), mm: hit.distance };
}

/** Cosine-free test whether a closest point lies on a corner or an edge of its triangle: barycentric share below this. */
const ON_RIM = 1e-5;

/**
 * Tells inside (-1) from outside (1). Where the closest point is on an edge or a corner, single triangles contradict each
 * other; the sum over its triangles, weighted by their angles, does not (Baerentzen and Aanaes 2005).
 */
function sidesOf({ positions, indices }: MeasuredMesh) {
  const around = trianglesAround(positions.length / 3, indices);
  const cornersOf = (triangle: number): [number, number, number] => [
    indices[triangle * 3]!,
    indices[triangle * 3 + 1]!,
    indices[triangle * 3 + 2]!,
  ];
  const normalOf = (triangle: number): Point => {
    const [a, b, c] = cornersOf(triangle).map((index) => vertexAt(positions, index)) as [Point, Point, Point];
    return unit(crossOf(minus(b, a), minus(c, a)));
  };
  const sumNormals = (vertex: number, through: number | null): Point => {
    let sum: Point = [0, 0, 0];
    for (const triangle of around(vertex)) {
      const corners = cornersOf(triangle);
      if (through !== null && !corners.includes(through)) continue;
      const weight = through === null ? cornerAngle(positions, corners, vertex) : 1;
      const normal = normalOf(triangle);
      sum = [sum[0] + normal[0] * weight, sum[1] + normal[1] * weight, sum[2] + normal[2] * weight];
    }
    return sum;
  };
  return (point: Point, closest: Point, triangle: number): 1 | -1 => {
    const corners = cornersOf(triangle);
    const shares = barycentric(positions, corners, closest);
    const touched = corners.filter((_, corner) => shares[corner]! > ON_RIM);
    const normal =
      touched.length === 3
        ? normalOf(triangle)
        : touched.length === 2
          ? sumNormals(touched[0]!, touched[1]!)
          : sumNormals(touched[0] ?? corners[0], null);
    return dotOf(minus(point, closest), normal) < 0 ? -1 : 1;
  };
}

function cornerAngle(positions: Float32Array, corners: readonly number[], at: number): number {
  const [b, c] = corners.filter((corner) => corner !== at);
  if (b === undefined || c === undefined) return 0;
  const origin = vertexAt(positions, at);
  const [u, v] = [minus(vertexAt(positions, b), origin), minus(vertexAt(positions, c), origin)];
  return Math.atan2(Math.hypot(...crossOf(u, v)), dotOf(u, v));
}

function barycentric(positions: Float32Array, corners: readonly [number, number, number], at: Point) {
  const [a, b, c] = corners.map((index) => vertexAt(positions, index)) as [Point, Point, Point];
  const normal = crossOf(minus(b, a), minus(c, a));
  const squared = dotOf(normal, normal);
  if (squared === 0) return [1, 0, 0];
  const ofB = dotOf(crossOf(minus(at, a), minus(c, a)), normal) / squared;
  const ofC = dotOf(crossOf(minus(b, a), minus(at, a)), normal) / squared;
  return [1 - ofB - ofC, ofB, ofC];
}

/** The triangles at each vertex, in two flat arrays. */
function trianglesAround(vertices: number, indices: Uint32Array): (vertex: number) => Uint32Array {
  const starts = new Uint32Array(vertices + 1);
  for (const vertex of indices) starts[vertex + 1]!++;
  for (let vertex = 0; vertex < vertices; vertex++) starts[vertex + 1]! += starts[vertex]!;
  const next = starts.slice(0, vertices);
  const triangles = new Uint32Array(indices.length);
  for (let i = 0; i < indices.length; i++) triangles[next[indices[i]!]!++] = Math.floor(i / 3);
  return (vertex) => triangles.subarray(starts[vertex]!, starts[vertex + 1]!);
}
