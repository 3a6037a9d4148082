import { freshFloats, type TakeFloats } from "./work-floats.ts";

/**
 * Smooth vertex normals, weighted by the area of the triangles around a vertex.
 *
 * Previews carry no normals: computing them takes less time than loading them.
 * @param positions x y z per vertex, in any unit (mm, or whole grid steps when all axes have the same step)
 * @param indices three per triangle
 * @returns x y z per vertex, length 1 (0 for a vertex without area around it)
 */
export function computeNormals(
  positions: Float32Array,
  indices: Uint32Array,
  take: TakeFloats = freshFloats,
): Float32Array {
  const normals = take("normals", positions.length);
  for (let i = 0; i + 2 < indices.length; i += 3) {
    const a = indices[i]! * 3;
    const b = indices[i + 1]! * 3;
    const c = indices[i + 2]! * 3;
    const ax = positions[a]!;
    const ay = positions[a + 1]!;
    const az = positions[a + 2]!;
    const ux = positions[b]! - ax;
    const uy = positions[b + 1]! - ay;
    const uz = positions[b + 2]! - az;
    const vx = positions[c]! - ax;
    const vy = positions[c + 1]! - ay;
    const vz = positions[c + 2]! - az;
    // The cross product is twice the area long: adding it unnormalised is the weighting.
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    normals[a]! += nx;
    normals[a + 1]! += ny;
    normals[a + 2]! += nz;
    normals[b]! += nx;
    normals[b + 1]! += ny;
    normals[b + 2]! += nz;
    normals[c]! += nx;
    normals[c + 1]! += ny;
    normals[c + 2]! += nz;
  }
  for (let i = 0; i + 2 < normals.length; i += 3) {
    const x = normals[i]!;
    const y = normals[i + 1]!;
    const z = normals[i + 2]!;
    const length = Math.sqrt(x * x + y * y + z * z);
    const factor = length > 0 ? 1 / length : 0;
    normals[i] = x * factor;
    normals[i + 1] = y * factor;
    normals[i + 2] = z * factor;
  }
  return normals;
}

/**
 * Normals as signed bytes, x y z 0 per vertex, to be read as normalised integers (-127 is -1, 127 is 1):
 * a third of the memory, within half a degree.
 */
export function packNormals(normals: Float32Array): Int8Array {
  const packed = new Int8Array((normals.length / 3) * 4);
  for (let from = 0, to = 0; from + 2 < normals.length; from += 3, to += 4) {
    packed[to] = Math.round(normals[from]! * 127);
    packed[to + 1] = Math.round(normals[from + 1]! * 127);
    packed[to + 2] = Math.round(normals[from + 2]! * 127);
  }
  return packed;
}
