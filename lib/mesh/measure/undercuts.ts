import { DoubleSide, Ray, Vector3 } from "three";
import { triangleArea } from "./contact-areas.ts";
import { areaVector, crossOf, dotOf, minus, type Point, unit, vertexAt } from "./geometry.ts";
import type { MeasuredMesh } from "./measured-mesh.ts";

export interface Undercuts {
  /** Per vertex how far up the lowest surface is that stands in the way, mm; 0 where the way is free. */
  depths: Float32Array;
  areaMm2: number;
  /** The deepest, mm. */
  deepestMm: number;
}

/** The surface itself is not in its own way: what is nearer than this does not count, mm. */
export const OWN_SURFACE_MM = 0.02;

const BATCH = 1024;

/**
 * What a rigid body cannot reach that is put on along an axis: points from which the way back along the axis meets the
 * mesh. A triangle with corners of both kinds is judged at its middle, and so is one that looks the other way: at the rim of a body
 * all corners may be free though it covers what lies between them.
 * @param axis the way the body is taken off, towards the viewer of the preparation
 * @param pause called every few milliseconds; what it throws ends the work
 */
export async function findUndercuts(
  mesh: MeasuredMesh,
  axis: Point,
  pause: () => Promise<void> = async () => {},
): Promise<Undercuts> {
  const { positions, indices } = mesh;
  const away = unit(axis);
  const ray = new Ray(new Vector3(), new Vector3(...away));
  const wayUp = ([x, y, z]: Point): number => {
    ray.origin.set(x, y, z);
    return mesh.tree.raycastFirst(ray, DoubleSide, OWN_SURFACE_MM)?.distance ?? 0;
  };
  const depths = new Float32Array(positions.length / 3);
  let deepestMm = 0;
  for (let vertex = 0; vertex < depths.length; vertex++) {
    if (vertex % BATCH === 0) await pause();
    depths[vertex] = wayUp(vertexAt(positions, vertex));
    deepestMm = Math.max(deepestMm, depths[vertex]!);
  }
  let areaMm2 = 0;
  const facing = new Float64Array(3);
  for (let i = 0; i + 2 < indices.length; i += 3) {
    if ((i / 3) % (BATCH * 4) === 0) await pause();
    const corners = [indices[i]!, indices[i + 1]!, indices[i + 2]!] as const;
    const covered = corners.filter((corner) => depths[corner]! > 0).length;
    areaVector(positions, indices, i, facing);
    const looksAway = facing[0]! * away[0] + facing[1]! * away[1] + facing[2]! * away[2] < 0;
    if (covered === 0 && !looksAway) continue;
    const depth = covered === 3 ? deepestMm : wayUp(middleOf(positions, corners));
    if (depth === 0) continue;
    areaMm2 += triangleArea(positions, corners);
    deepestMm = Math.max(deepestMm, depth);
  }
  return { depths, areaMm2, deepestMm };
}

function middleOf(positions: Float32Array, corners: readonly [number, number, number]): Point {
  const [a, b, c] = corners.map((corner) => vertexAt(positions, corner)) as [Point, Point, Point];
  return [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3, (a[2] + b[2] + c[2]) / 3];
}

/**
 * The direction in which a surface looks around a point: the sum of the triangles' area vectors whose middle is within the
 * radius and which do not look away from where the point was seen from.
 */
export function meanNormal(mesh: MeasuredMesh, around: Point, radiusMm: number, seenFrom: Point): Point | null {
  const { positions, indices } = mesh;
  let sum: Point = [0, 0, 0];
  for (let i = 0; i + 2 < indices.length; i += 3) {
    const corners = [indices[i]!, indices[i + 1]!, indices[i + 2]!] as const;
    if (Math.hypot(...minus(middleOf(positions, corners), around)) > radiusMm) continue;
    const origin = vertexAt(positions, corners[0]);
    const area = crossOf(
      minus(vertexAt(positions, corners[1]), origin),
      minus(vertexAt(positions, corners[2]), origin),
    );
    if (dotOf(area, seenFrom) > 0) sum = [sum[0] + area[0], sum[1] + area[1], sum[2] + area[2]];
  }
  return Math.hypot(...sum) > 0 ? unit(sum) : null;
}
