import { type Mesh, MeshError, type ParsedMesh } from "./mesh.ts";

/** A kilometre. Whatever lies farther out (mm) is a fault of the exporter, and would spoil the scale of all the rest. */
const FARTHEST_MM = 1e6;

/**
 * What every parser ends with: leaves out triangles with a corner that is not a finite number (or absurdly far away),
 * and refuses a mesh without any triangle.
 * @param mesh all indices below the number of vertices; `indices` may be changed in place
 * @throws MeshError `no_triangles`
 */
export function finishMesh(mesh: Mesh, tooFewCorners: number, notes: string[]): ParsedMesh {
  const kept = keepFinite(mesh.positions, mesh.indices);
  const notFinite = (mesh.indices.length - kept) / 3;
  if (kept === 0) {
    const reason = notFinite > 0 ? "none whose corners are all numbers" : "none";
    throw new MeshError("no_triangles", `The file should hold triangles, but has ${reason}.`);
  }
  const indices = notFinite > 0 ? mesh.indices.slice(0, kept) : mesh.indices;
  return { mesh: { ...mesh, indices }, dropped: { notFinite, tooFewCorners }, notes };
}

/** Moves the usable triangles to the front of `indices`; returns how many indices they take. */
function keepFinite(positions: Float32Array | Float64Array, indices: Uint32Array): number {
  if (allFinite(positions)) return indices.length;
  const finite = (vertex: number) =>
    isUsable(positions[vertex * 3]!) && isUsable(positions[vertex * 3 + 1]!) && isUsable(positions[vertex * 3 + 2]!);
  let kept = 0;
  for (let i = 0; i + 2 < indices.length; i += 3) {
    const [a, b, c] = [indices[i]!, indices[i + 1]!, indices[i + 2]!];
    if (!finite(a) || !finite(b) || !finite(c)) continue;
    indices[kept] = a;
    indices[kept + 1] = b;
    indices[kept + 2] = c;
    kept += 3;
  }
  return kept;
}

function allFinite(positions: Float32Array | Float64Array): boolean {
  for (let i = 0; i < positions.length; i++) if (!isUsable(positions[i]!)) return false;
  return true;
}

/** False for NaN too: every comparison with it is. */
function isUsable(coordinate: number): boolean {
  return Math.abs(coordinate) <= FARTHEST_MM;
}
