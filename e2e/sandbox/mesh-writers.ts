import type { Mesh } from "./mesh.ts";

export type MeshFormat = "obj" | "stl" | "ply";

/** The bytes of a mesh in a format: OBJ with `v`, `vn` and `f a//a`, little-endian binary STL, little-endian binary PLY. */
export function writeMesh(mesh: Mesh, format: MeshFormat): Buffer {
  switch (format) {
    case "obj":
      return writeObj(mesh);
    case "stl":
      return writeStl(mesh);
    case "ply":
      return writePly(mesh);
  }
}

function writeObj({ positions, normals, indices }: Mesh): Buffer {
  const chunks: Buffer[] = [];
  let lines: string[] = ["# Medit Link sandbox", "o scan"];
  const push = (line: string) => {
    lines.push(line);
    if (lines.length < 20_000) return;
    chunks.push(Buffer.from(`${lines.join("\n")}\n`));
    lines = [];
  };
  for (let i = 0; i < positions.length; i += 3) push(`v ${triple(positions, i)}`);
  for (let i = 0; i < normals.length; i += 3) push(`vn ${triple(normals, i)}`);
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [(indices[i] ?? 0) + 1, (indices[i + 1] ?? 0) + 1, (indices[i + 2] ?? 0) + 1];
    push(`f ${a}//${a} ${b}//${b} ${c}//${c}`);
  }
  chunks.push(Buffer.from(`${lines.join("\n")}\n`));
  return Buffer.concat(chunks);
}

function triple(values: Float32Array, at: number): string {
  return `${(values[at] ?? 0).toFixed(6)} ${(values[at + 1] ?? 0).toFixed(6)} ${(values[at + 2] ?? 0).toFixed(6)}`;
}

function writeStl({ positions, indices }: Mesh): Buffer {
  const count = indices.length / 3;
  const bytes = Buffer.alloc(84 + count * 50);
  bytes.write("Medit Link sandbox, binary STL, millimetres", 0, "latin1");
  bytes.writeUInt32LE(count, 80);
  const corner = (vertex: number, axis: number) => positions[vertex * 3 + axis] ?? 0;
  for (let triangle = 0; triangle < count; triangle++) {
    const [a, b, c] = [0, 1, 2].map((k) => indices[triangle * 3 + k] ?? 0) as [number, number, number];
    const u = [0, 1, 2].map((axis) => corner(b, axis) - corner(a, axis)) as [number, number, number];
    const v = [0, 1, 2].map((axis) => corner(c, axis) - corner(a, axis)) as [number, number, number];
    const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    const length = Math.hypot(...normal) || 1;
    let at = 84 + triangle * 50;
    for (const part of normal) at = bytes.writeFloatLE(part / length, at);
    for (const vertex of [a, b, c])
      for (let axis = 0; axis < 3; axis++) at = bytes.writeFloatLE(corner(vertex, axis), at);
  }
  return bytes;
}

function writePly({ positions, indices, colours }: Mesh): Buffer {
  const vertices = positions.length / 3;
  const faces = indices.length / 3;
  const header = [
    "ply",
    "format binary_little_endian 1.0",
    "comment Medit Link sandbox, millimetres",
    `element vertex ${vertices}`,
    ...["x", "y", "z"].map((axis) => `property float ${axis}`),
    ...(colours === undefined ? [] : ["red", "green", "blue"].map((name) => `property uchar ${name}`)),
    `element face ${faces}`,
    "property list uchar int vertex_indices",
    "end_header\n",
  ].join("\n");
  const stride = colours === undefined ? 12 : 15;
  const body = Buffer.alloc(vertices * stride + faces * 13);
  let at = 0;
  for (let vertex = 0; vertex < vertices; vertex++) {
    for (let axis = 0; axis < 3; axis++) at = body.writeFloatLE(positions[vertex * 3 + axis] ?? 0, at);
    if (colours === undefined) continue;
    for (let k = 0; k < 3; k++) at = body.writeUInt8(colours[vertex * 3 + k] ?? 0, at);
  }
  for (let i = 0; i < indices.length; i += 3) {
    at = body.writeUInt8(3, at);
    for (let k = 0; k < 3; k++) at = body.writeInt32LE(indices[i + k] ?? 0, at);
  }
  return Buffer.concat([Buffer.from(header, "latin1"), body]);
}

/** Files that announce far more than they hold, in the ways that break careless readers. */
export function unreadableMesh(format: MeshFormat): Buffer {
  switch (format) {
    case "stl": {
      const bytes = Buffer.alloc(84 + 50 * 3, 0x7f);
      bytes.writeUInt32LE(0xffff_ffff, 80);
      return bytes;
    }
    case "ply":
      return Buffer.from(
        "ply\nformat binary_little_endian 1.0\nelement vertex 12\nproperty float x\nproperty float y\nproperty float z\n" +
          "element face 1000000000\nproperty list uchar int vertex_indices\nend_header\n\u0001\u0002",
        "latin1",
      );
    case "obj":
      return Buffer.from("v 0 0 0\nv 1 0 NaN\nv 0 Infinity 0\nf 1 2\nf 1 2 99999999\nf -7 0 1\n");
  }
}
