/** A triangle mesh; positions in millimetres, x y z per vertex. */
export interface Mesh {
  positions: Float32Array;
  /** Unit normals per vertex. */
  normals: Float32Array;
  /** Three vertex indices per triangle, counter-clockwise seen from outside. */
  indices: Uint32Array;
  /** Red, green, blue per vertex, 0–255. */
  colours?: Uint8Array;
}

/** Area-weighted vertex normals. */
export function vertexNormals(positions: Float32Array, indices: Uint32Array): Float32Array {
  const normals = new Float32Array(positions.length);
  const at = (index: number) => positions[index] ?? 0;
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [(indices[i] ?? 0) * 3, (indices[i + 1] ?? 0) * 3, (indices[i + 2] ?? 0) * 3];
    const [ux, uy, uz] = [at(b) - at(a), at(b + 1) - at(a + 1), at(b + 2) - at(a + 2)];
    const [vx, vy, vz] = [at(c) - at(a), at(c + 1) - at(a + 1), at(c + 2) - at(a + 2)];
    const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    for (const vertex of [a, b, c]) {
      normals[vertex] = (normals[vertex] ?? 0) + nx;
      normals[vertex + 1] = (normals[vertex + 1] ?? 0) + ny;
      normals[vertex + 2] = (normals[vertex + 2] ?? 0) + nz;
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i] ?? 0, normals[i + 1] ?? 0, normals[i + 2] ?? 0) || 1;
    for (let k = 0; k < 3; k++) normals[i + k] = (normals[i + k] ?? 0) / length;
  }
  return normals;
}
