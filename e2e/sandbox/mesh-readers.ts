import { type Mesh, vertexNormals } from "./mesh.ts";

/**
 * Reads the scans a developer puts into the scans folder and the meshes that clients upload: binary PLY (float x y z
 * first, optional uchar colours, triangles), binary STL, OBJ with triangles. Throws when it is none of these.
 */
export function readMesh(bytes: Buffer, name: string): Mesh {
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase();
  switch (extension) {
    case "ply":
      return readPly(bytes);
    case "stl":
      return readStl(bytes);
    case "obj":
      return readObj(bytes);
    default:
      throw new Error(`${name} is not a PLY, STL or OBJ`);
  }
}

function readPly(bytes: Buffer): Mesh {
  const end = bytes.indexOf("end_header\n");
  const header = bytes.subarray(0, Math.max(0, end)).toString("latin1");
  const vertices = Number(/element vertex (\d+)/.exec(header)?.[1]);
  const faces = Number(/element face (\d+)/.exec(header)?.[1]);
  if (end < 0 || !header.includes("binary_little_endian") || !(vertices * 12 + faces * 13 <= bytes.length)) {
    throw new Error("The PLY is not a complete little-endian binary triangle mesh");
  }
  const hasColour = /property uchar red/.test(header);
  const positions = new Float32Array(vertices * 3);
  const colours = new Uint8Array(hasColour ? vertices * 3 : 0);
  let at = end + "end_header\n".length;
  for (let vertex = 0; vertex < vertices; vertex++, at += hasColour ? 15 : 12) {
    for (let k = 0; k < 3; k++) positions[vertex * 3 + k] = bytes.readFloatLE(at + 4 * k);
    if (hasColour) colours.set(bytes.subarray(at + 12, at + 15), vertex * 3);
  }
  const indices = new Uint32Array(faces * 3);
  for (let face = 0; face < faces; face++, at += 13) {
    for (let k = 0; k < 3; k++) indices[face * 3 + k] = bytes.readInt32LE(at + 1 + 4 * k);
  }
  const mesh = { positions, normals: vertexNormals(positions, indices), indices };
  return hasColour ? { ...mesh, colours } : mesh;
}

function readStl(bytes: Buffer): Mesh {
  const count = bytes.length >= 84 ? bytes.readUInt32LE(80) : 0;
  if (bytes.length !== 84 + count * 50) throw new Error("The STL is not a complete binary one");
  const vertexOf = new Map<string, number>();
  const positions: number[] = [];
  const indices = new Uint32Array(count * 3);
  for (let triangle = 0; triangle < count; triangle++) {
    for (let k = 0; k < 3; k++) {
      const at = 84 + triangle * 50 + 12 + 12 * k;
      const key = bytes.toString("latin1", at, at + 12);
      let vertex = vertexOf.get(key);
      if (vertex === undefined) {
        vertex = positions.length / 3;
        vertexOf.set(key, vertex);
        positions.push(bytes.readFloatLE(at), bytes.readFloatLE(at + 4), bytes.readFloatLE(at + 8));
      }
      indices[triangle * 3 + k] = vertex;
    }
  }
  const array = Float32Array.from(positions);
  return { positions: array, normals: vertexNormals(array, indices), indices };
}

function readObj(bytes: Buffer): Mesh {
  const positions: number[] = [];
  const indices: number[] = [];
  for (const line of bytes.toString("latin1").split("\n")) {
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === "v") positions.push(...rest.slice(0, 3).map(Number));
    if (word === "f") indices.push(...rest.slice(0, 3).map((corner) => Number.parseInt(corner, 10) - 1));
  }
  if (positions.length === 0 || indices.length === 0) throw new Error("The OBJ has no triangles");
  const array = Float32Array.from(positions);
  const triangles = Uint32Array.from(indices);
  return { positions: array, normals: vertexNormals(array, triangles), indices: triangles };
}
