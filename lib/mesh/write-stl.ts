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
  const corners = [0, 0, 0];
  for (let i = 0, at = HEADER_BYTES; i + 2 < indices.length; i += 3, at += TRIANGLE_BYTES) {
    for (let corner = 0; corner < 3; corner++) {
      const from = indices[i + corner]! * 3;
      corners[corner] = from;
      view.setFloat32(at + 12 + corner * 12, positions[from]!, true);
      view.setFloat32(at + 16 + corner * 12, positions[from + 1]!, true);
      view.setFloat32(at + 20 + corner * 12, positions[from + 2]!, true);
    }
    writeNormal(view, at, positions, corners[0]!, corners[1]!, corners[2]!);
  }
  return bytes;
}

function writeNormal(view: DataView, at: number, positions: Mesh["positions"], a: number, b: number, c: number): void {
  const ux = positions[b]! - positions[a]!;
  const uy = positions[b + 1]! - positions[a + 1]!;
  const uz = positions[b + 2]! - positions[a + 2]!;
  const vx = positions[c]! - positions[a]!;
  const vy = positions[c + 1]! - positions[a + 1]!;
  const vz = positions[c + 2]! - positions[a + 2]!;
  const x = uy * vz - uz * vy;
  const y = uz * vx - ux * vz;
  const z = ux * vy - uy * vx;
  const length = Math.sqrt(x * x + y * y + z * z) || 1;
  view.setFloat32(at, x / length, true);
  view.setFloat32(at + 4, y / length, true);
  view.setFloat32(at + 8, z / length, true);
}
