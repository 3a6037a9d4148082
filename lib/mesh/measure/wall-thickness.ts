import { BackSide, Ray, Vector3 } from "three";
import { computeNormals } from "../compute-normals.ts";
import { FAR } from "./closest-distances.ts";
import { areaVector } from "./geometry.ts";
import type { MeasuredMesh } from "./measured-mesh.ts";

/** The ray starts this far inside, so that the surface itself is not its other side, mm. */
const INSIDE_MM = 1e-3;

/** A triangle that looks this far away from its corner's normal (cosine of 40°) meets it at an edge. */
const EDGE = Math.cos((40 * Math.PI) / 180);

/** Vertices between two looks at the clock and the stop sign. */
const BATCH = 1024;

/**
 * How thick the material is under each vertex, mm: straight in, against the surface's normal, to where the material ends. At a sharp
 * edge there is no one normal: there it is the least of what the surfaces beside it have.
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
  await measureEdges(mesh, findEdges(mesh, normals), thicknesses, limitMm, pause);
  return thicknesses;
}

/** 1 per vertex where a triangle meets the others at an edge. */
function findEdges({ positions, indices }: MeasuredMesh, normals: Float32Array): Uint8Array {
  const edges = new Uint8Array(positions.length / 3);
  const normal = new Float64Array(3);
  let size = 0;
  for (let i = 0; i < indices.length; i++) {
    if (i % 3 === 0) size = areaVector(positions, indices, i, normal);
    const at = indices[i]! * 3;
    const along = normal[0]! * normals[at]! + normal[1]! * normals[at + 1]! + normal[2]! * normals[at + 2]!;
    if (along < EDGE * size) edges[at / 3] = 1;
  }
  return edges;
}

/** The thickness of vertices at edges: the least of the triangles around them, each against its own normal. */
async function measureEdges(
  { positions, indices, tree }: MeasuredMesh,
  edges: Uint8Array,
  thicknesses: Float32Array,
  limitMm: number,
  pause: () => Promise<void>,
): Promise<void> {
  for (let vertex = 0; vertex < edges.length; vertex++) if (edges[vertex]) thicknesses[vertex] = FAR;
  const normal = new Float64Array(3);
  const ray = new Ray();
  const corner = new Vector3();
  const middle = new Vector3();
  for (let i = 0; i < indices.length; i++) {
    if (i % BATCH === 0) await pause();
    const vertex = indices[i]!;
    if (!edges[vertex]) continue;
    const first = i - (i % 3);
    const size = areaVector(positions, indices, first, normal);
    if (size === 0) continue;
    // From a little within the triangle: a ray along an edge would graze what lies beside it.
    middle.set(0, 0, 0);
    for (let k = 0; k < 3; k++) middle.add(corner.fromArray(positions, indices[first + k]! * 3));
    corner.fromArray(positions, vertex * 3);
    middle.divideScalar(3).sub(corner).normalize();
    ray.direction.set(-normal[0]! / size, -normal[1]! / size, -normal[2]! / size);
    ray.origin.copy(corner).addScaledVector(middle, INSIDE_MM).addScaledVector(ray.direction, INSIDE_MM);
    const hit = tree.raycastFirst(ray, BackSide, 0, limitMm - INSIDE_MM);
    if (hit) thicknesses[vertex] = Math.min(thicknesses[vertex]!, hit.distance + INSIDE_MM);
  }
}
