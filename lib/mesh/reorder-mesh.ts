import { MeshoptEncoder } from "meshoptimizer/encoder";
import type { Mesh } from "./mesh.ts";

/**
 * The same mesh with triangles and vertices in the order that compresses best; vertices that no triangle uses are gone.
 */
export async function reorderMesh(mesh: Mesh): Promise<Mesh> {
  await MeshoptEncoder.ready;
  const indices = mesh.indices.slice();
  const [remap, used] = MeshoptEncoder.reorderMesh(indices, true, true);
  const positions = mesh.positions instanceof Float32Array ? new Float32Array(used * 3) : new Float64Array(used * 3);
  const colours = mesh.colours ? new Uint8Array(used * 4) : null;
  for (let from = 0; from < remap.length; from++) {
    const to = remap[from]!;
    if (to >= used) continue;
    positions[to * 3] = mesh.positions[from * 3]!;
    positions[to * 3 + 1] = mesh.positions[from * 3 + 1]!;
    positions[to * 3 + 2] = mesh.positions[from * 3 + 2]!;
    if (colours && mesh.colours) {
      for (let channel = 0; channel < 4; channel++) colours[to * 4 + channel] = mesh.colours[from * 4 + channel]!;
    }
  }
  return { positions, indices, colours };
}
