import { expect, it } from "vitest";
import { MeshError } from "#lib/mesh/mesh.ts";
import { parseMesh } from "#lib/mesh/parse-mesh.ts";
import { sampleMesh } from "#lib/mesh/sample-mesh.ts";
import { writeObj } from "#lib/mesh/write-obj.ts";
import { writePly } from "#lib/mesh/write-ply.ts";
import { writeStl } from "#lib/mesh/write-stl.ts";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";

const mesh = sampleMesh(6, 5, { colours: true });
const FILES = [writeObj(mesh), writeStl(mesh), writePly(mesh)];
const NASTY = [
  "-1",
  "4294967295",
  "99999999999999999999",
  "1e308",
  "nan",
  "inf",
  "\0",
  "\n",
  "f -1 -1 -1\n",
  "element face 1000000000\n",
];

function damage(bytes: Uint8Array, chance: Chance): Uint8Array {
  const at = chance.below(bytes.length + 1);
  const way = chance.below(4);
  if (way === 0) return bytes.slice(0, at);
  if (way === 1)
    return Uint8Array.from([...bytes.subarray(0, at), ...Buffer.from(chance.pick(NASTY)), ...bytes.subarray(at)]);
  const copy = bytes.slice();
  for (let n = 1 + chance.below(way === 2 ? 1 : 40); n > 0 && copy.length > 0; n--)
    copy[chance.below(copy.length)] = chance.below(256);
  return copy;
}

it.each(faultSeeds())("F46: whatever was done to a mesh file, it is a sound mesh or none, soon (seed %d)", (seed) => {
  const chance = new Chance(seed);
  const began = performance.now();
  for (let n = 0; n < 600; n++) {
    let bytes: Uint8Array = chance.pick(FILES);
    for (let more = 1 + chance.below(4); more > 0; more--) bytes = damage(bytes, chance);
    try {
      const { positions, indices } = parseMesh(bytes).mesh;
      expect(indices.length).toBeLessThanOrEqual(bytes.length * 3);
      const vertices = positions.length / 3;
      expect(indices.every((index) => index < vertices)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(MeshError);
    }
  }
  expect(performance.now() - began).toBeLessThan(20_000);
});
