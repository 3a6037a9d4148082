import { Vector3 } from "three";
import type { Point } from "./geometry.ts";
import type { MeasuredMesh } from "./measured-mesh.ts";
import { cellsAround, nearTriangles } from "./near-triangles.ts";
import { SurfaceSide } from "./surface-side.ts";
import { SurfaceTree } from "./surface-tree.ts";

/** What a vertex has that lies farther from the other surface than was asked about. */
export const FAR = Number.POSITIVE_INFINITY;

/** Vertices between two looks at the clock and the stop sign. */
const BATCH = 4096;

/**
 * How far each vertex of a mesh is from another surface, mm: negative where it is inside of it, `FAR` beyond the limit.
 * Exact: the closest point of the other mesh's triangles, not of its vertices.
 * @param positions fastest in an order in which neighbours follow each other, as previews have it
 * @param pause called every few milliseconds; what it throws ends the work
 */
export async function signedDistances(
  positions: Float32Array,
  other: Pick<MeasuredMesh, "positions" | "indices">,
  limitMm: number,
  pause: () => Promise<void> = async () => {},
): Promise<Float32Array> {
  const vertices = positions.length / 3;
  const distances = new Float32Array(vertices).fill(FAR);
  const indices = nearTriangles(positions, other, limitMm);
  const near = cellsAround({ positions: other.positions, indices }, limitMm);
  const tree = new SurfaceTree(other.positions, indices);
  const side = new SurfaceSide(other.positions, indices);
  for (let vertex = 0; vertex < vertices; vertex++) {
    if (vertex % BATCH === 0) await pause();
    const x = positions[vertex * 3]!;
    const y = positions[vertex * 3 + 1]!;
    const z = positions[vertex * 3 + 2]!;
    if (!near.mayBeNear(x, y, z) || !tree.findClosest(x, y, z, limitMm)) continue;
    const { closest, triangle } = tree;
    const sign = side.of(x - closest.x, y - closest.y, z - closest.z, triangle, closest.part);
    distances[vertex] = sign * Math.sqrt(closest.squared);
  }
  return distances;
}

/** The nearest point of a surface, and on which side of it the asked one lies. mm */
export function nearestOnMesh(mesh: MeasuredMesh, point: Point): { point: Point; mm: number } | null {
  const hit = mesh.tree.closestPointToPoint(new Vector3(...point));
  return hit && { point: hit.point.toArray(), mm: hit.distance };
}
