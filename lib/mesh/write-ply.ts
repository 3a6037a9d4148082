import type { Mesh } from "./mesh.ts";

/**
 * A binary little-endian PLY, mm, with the positions' own precision (float or double) and vertex colours if the mesh
 * has them: the one format that loses nothing.
 */
export function writePly(mesh: Mesh): Uint8Array {
  const { positions, indices, colours } = mesh;
  const vertices = positions.length / 3;
  const faces = indices.length / 3;
  const isWide = positions instanceof Float64Array;
  const head = new TextEncoder().encode(headerOf(vertices, faces, isWide ? "double" : "float", colours !== null));
  const coordinateBytes = isWide ? 8 : 4;
  const vertexBytes = 3 * coordinateBytes + (colours ? 4 : 0);
  const bytes = new Uint8Array(head.length + vertices * vertexBytes + faces * 13);
  bytes.set(head);
  const view = new DataView(bytes.buffer);
  let at = head.length;
  for (let vertex = 0; vertex < vertices; vertex++) {
    for (let axis = 0; axis < 3; axis++, at += coordinateBytes) {
      const value = positions[vertex * 3 + axis]!;
      if (isWide) view.setFloat64(at, value, true);
      else view.setFloat32(at, value, true);
    }
    if (!colours) continue;
    for (let channel = 0; channel < 4; channel++) bytes[at++] = colours[vertex * 4 + channel]!;
  }
  for (let i = 0; i + 2 < indices.length; i += 3, at += 13) {
    bytes[at] = 3;
    view.setUint32(at + 1, indices[i]!, true);
    view.setUint32(at + 5, indices[i + 1]!, true);
    view.setUint32(at + 9, indices[i + 2]!, true);
  }
  return bytes;
}

function headerOf(vertices: number, faces: number, coordinate: string, hasColours: boolean): string {
  return [
    "ply",
    "format binary_little_endian 1.0",
    "comment millimetres",
    `element vertex ${vertices}`,
    ...["x", "y", "z"].map((axis) => `property ${coordinate} ${axis}`),
    ...(hasColours ? ["red", "green", "blue", "alpha"].map((channel) => `property uchar ${channel}`) : []),
    `element face ${faces}`,
    "property list uchar uint vertex_indices",
    "end_header\n",
  ].join("\n");
}
