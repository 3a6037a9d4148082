import { BackSide, Ray, Vector3 } from "three";
import { computeNormals } from "../compute-normals.ts";
import { FAR } from "./closest-distances.ts";
import type { MeasuredMesh } from "./measured-mesh.ts";

/** The ray starts this far inside, so that the surface itself is not its other side, mm. */
const INSIDE_MM = 1e-3;

/** Vertices between two looks at the clock and the stop sign. */
const BATCH = 1024;

/**
 * How thick the material is under each vertex, mm: straight in, against the surface's normal, to where the material ends.
 * `FAR` where it does not end within the limit, as on a scan without another side.
 * @param pause called every few milliseconds; what it throws ends the work
 */
export async function wallThickness(
  mesh: MeasuredMesh,
  limitMm: number,
  pause: () => Promise<void> = async () => {},
): Promise<Float32Array> {
  const { positions, indices, tree } = mesh;
  const normals = computeNormals(positions, indices);
  const thicknesses = new Float32Array(positions.length / 3).fill(FAR);
  const inward = new Vector3();
  const ray = new Ray();
  for (let vertex = 0; vertex < thicknesses.length; vertex++) {
    if (vertex % BATCH === 0) await pause();
    inward.fromArray(normals, vertex * 3).negate();
    if (inward.lengthSq() === 0) continue;
    inward.normalize();
    ray.direction.copy(inward);
    ray.origin.fromArray(positions, vertex * 3).addScaledVector(inward, INSIDE_MM);
    const hit = tree.raycastFirst(ray, BackSide, 0, limitMm - INSIDE_MM);
    if (hit) thicknesses[vertex] = hit.distance + INSIDE_MM;
  }
  return thicknesses;
}
