import { areaVector } from "./measure/geometry.ts";
import type { Mesh } from "./mesh.ts";

const HEADER_BYTES = 84;
const TRIANGLE_BYTES = 50;

/** A binary STL, mm. Positions become 32-bit floats, because the format has no others; colours are lost. */
export function writeStl(mesh: Mesh): Uint8Array {
  const { positions, indices } = mesh;
  const bytes = new Uint8Array(HEADER_BYTES + (indices.length / 3) * TRIANGLE_BYTES);
  // Must not begin with "solid", or careless readers take it for text.
  bytes.set(new TextEncoder().encode("binary STL, millimetres"));
  const view = new DataView(bytes.buffer);
  view.setUint32(80, indices.length / 3, true);
  const normal = new Float64Array(3);
  for (let i = 0, at = HEADER_BYTES; i + 2 < indices.length; i += 3, at += TRIANGLE_BYTES) {
    const length = areaVector(positions, indices, i, normal) || 1;
    for (let axis = 0; axis < 3; axis++) view.setFloat32(at + axis * 4, normal[axis]! / length, true);
    for (let corner = 0; corner < 3; corner++) {
      const from = indices[i + corner]! * 3;
      view.setFloat32(at + 12 + corner * 12, positions[from]!, true);
      view.setFloat32(at + 16 + corner * 12, positions[from + 1]!, true);
      view.setFloat32(at + 20 + corner * 12, positions[from + 2]!, true);
    }
  }
  return bytes;
}
