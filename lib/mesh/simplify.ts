import { MeshoptSimplifier } from "meshoptimizer/simplifier";
import { measureBounds } from "./measure-bounds.ts";
import type { Mesh } from "./mesh.ts";

export interface SimplifiedMesh {
  /** A part of the vertices of the original, unchanged and with their colours. */
  mesh: Mesh;
  /** The simplifier's own bound for the distance between the two surfaces, µm. */
  errorUm: number;
}

/** Coarser than this is not worth looking at: half a millimetre. */
const COARSEST_MM = 0.5;

/**
 * The same surface with about `triangles` triangles (more, where fewer would leave it by over half a millimetre).
 * @param mesh welded, all positions finite
 */
export async function simplifyMesh(mesh: Mesh, triangles: number): Promise<SimplifiedMesh> {
  await MeshoptSimplifier.ready;
  const [indices, error] = MeshoptSimplifier.simplify(
    mesh.indices,
    centred(mesh.positions),
    3,
    triangles * 3,
    COARSEST_MM,
    ["ErrorAbsolute"],
  );
  return { mesh: { ...mesh, indices }, errorUm: error * 1000 };
}

/** 32-bit positions around the middle of the mesh, where they are most exact. */
function centred(positions: Float32Array | Float64Array): Float32Array {
  const { min, max } = measureBounds(positions);
  const x = (min[0] + max[0]) / 2;
  const y = (min[1] + max[1]) / 2;
  const z = (min[2] + max[2]) / 2;
  const result = new Float32Array(positions.length);
  for (let i = 0; i + 2 < positions.length; i += 3) {
    result[i] = positions[i]! - x;
    result[i + 1] = positions[i + 1]! - y;
    result[i + 2] = positions[i + 2]! - z;
  }
  return result;
}
