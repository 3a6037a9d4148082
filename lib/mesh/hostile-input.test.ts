import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MeshError, type MeshFormat } from "./mesh.ts";
import { parseMesh } from "./parse-mesh.ts";
import { parseObj } from "./parse-obj.ts";
import { parsePly } from "./parse-ply.ts";
import { parseStl } from "./parse-stl.ts";
import { sampleMesh } from "./sample-mesh.ts";
import { writeObj } from "./write-obj.ts";
import { writePly } from "./write-ply.ts";
import { writeStl } from "./write-stl.ts";

const mesh = sampleMesh(4, 3, { colours: true });
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0) & 255);
const PLY_TEXT =
  "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n";
const STL_TEXT =
  "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n";

const STRIPS_TEXT =
  "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\nelement tristrips 1\nproperty list int int vertex_indices\nend_header\n0 0 0\n1 0 0\n0 1 0\n1 1 0\n8 0 1 2 3 -1 0 1 2\n";

/** A binary STL with a colour of each triangle. */
function colouredStl(): Uint8Array {
  const bytes = writeStl(mesh);
  bytes.set(latin1("COLOR=abcd"));
  for (let at = 84 + 48; at < bytes.length; at += 50) bytes[at] = at & 255;
  return bytes;
}

const SEEDS: { format: MeshFormat; bytes: Uint8Array }[] = [
  { format: "obj", bytes: writeObj(mesh) },
  { format: "stl", bytes: writeStl(mesh) },
  { format: "stl", bytes: latin1(STL_TEXT) },
  { format: "ply", bytes: writePly(mesh) },
  { format: "ply", bytes: latin1(PLY_TEXT) },
  { format: "ply", bytes: latin1(STRIPS_TEXT) },
  { format: "stl", bytes: colouredStl() },
  { format: "obj", bytes: latin1("v 0 0 0\nv 1 0 0\nv 0 1 0\n#MRGB ff102030ff405060ff708090\nf 1 2 3\n") },
];
const PARSERS = { obj: parseObj, stl: parseStl, ply: parsePly };

/** Values that break careless readers. */
const NASTY = fc.constantFrom(
  "-1",
  "0",
  "4294967295",
  "99999999999999999999",
  "1e308",
  "nan",
  "\0",
  "\n",
  "f -1 -1 -1\n",
  "v",
  " ",
);

type Mutation =
  | { kind: "flip"; at: number; with: number }
  | { kind: "cut"; at: number }
  | { kind: "insert"; at: number; text: string }
  | { kind: "repeat"; at: number; length: number };

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant("flip" as const), at: place, with: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ kind: fc.constant("cut" as const), at: place }),
  fc.record({ kind: fc.constant("insert" as const), at: place, text: NASTY }),
  fc.record({ kind: fc.constant("repeat" as const), at: place, length: fc.integer({ min: 1, max: 60 }) }),
);

function mutate(bytes: Uint8Array, change: Mutation): Uint8Array {
  const at = Math.floor(change.at * bytes.length);
  switch (change.kind) {
    case "flip": {
      const copy = bytes.slice();
      if (copy.length > 0) copy[at]! ^= change.with;
      return copy;
    }
    case "cut":
      return bytes.slice(0, at);
    case "insert":
      return Uint8Array.from([...bytes.subarray(0, at), ...latin1(change.text), ...bytes.subarray(at)]);
    case "repeat":
      return Uint8Array.from([...bytes.subarray(0, at + change.length), ...bytes.subarray(at)]);
  }
}

/** Reads; anything but a mesh or a MeshError is a fault of ours. A mesh must be sound. */
function readSafely(
  parse: (bytes: Uint8Array) => { mesh: { positions: ArrayLike<number>; indices: Uint32Array } },
  bytes: Uint8Array,
) {
  try {
    const { positions, indices } = parse(bytes).mesh;
    const vertices = positions.length / 3;
    for (const index of indices) {
      if (index >= vertices) throw new Error(`index ${index} of ${vertices}`);
    }
    if (indices.length > bytes.length * 3) throw new Error("more triangles than the file can hold");
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    expect(error.message).toMatch(/\.$/);
  }
}

describe("F46: damaged and hostile files", () => {
  it("give a sound mesh or a MeshError, whatever was done to them", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SEEDS),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        ({ format, bytes }, changes) => {
          const damaged = changes.reduce(mutate, bytes);
          readSafely(PARSERS[format], damaged);
          readSafely(parseMesh, damaged);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("of random bytes are refused as no mesh, or read as what they happen to be", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        readSafely(parseMesh, bytes);
        for (const parse of Object.values(PARSERS)) readSafely(parse, bytes);
      }),
      { numRuns: 500 },
    );
  });

  it("cannot ask for more memory than their size allows", () => {
    const before = process.memoryUsage().arrayBuffers;
    for (const text of [
      PLY_TEXT.replace("vertex 3", "vertex 4000000000"),
      PLY_TEXT.replace("face 1", "face 4000000000"),
      PLY_TEXT.replace("3 0 1 2", "4000000000 0 1 2"),
    ]) {
      expect(() => parsePly(latin1(text))).toThrow(MeshError);
    }
    const stl = writeStl(mesh).slice(0, -7);
    new DataView(stl.buffer).setUint32(80, 0xffffffff, true);
    expect(() => parseStl(stl)).toThrow(MeshError);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  });
});
