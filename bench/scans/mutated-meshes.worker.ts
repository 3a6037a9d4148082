import { parentPort, workerData } from "node:worker_threads";
import { MeshError } from "#lib/mesh/mesh.ts";
import { parseMesh } from "#lib/mesh/parse-mesh.ts";
import { sampleMesh } from "#lib/mesh/sample-mesh.ts";
import { weldMesh } from "#lib/mesh/weld.ts";
import { writeObj } from "#lib/mesh/write-obj.ts";
import { writePly } from "#lib/mesh/write-ply.ts";
import { writeStl } from "#lib/mesh/write-stl.ts";
import { mutateBytes } from "./mutate-bytes.ts";

/** Reads mutated files one after the other. `progress` holds the seed at work, so that whoever waits sees where it hangs. */
const { from, to, progress } = workerData as { from: number; to: number; progress: SharedArrayBuffer };
const current = new Int32Array(progress);

const mesh = sampleMesh(12, 6, { colours: true });
const text = (content: string) => new TextEncoder().encode(content);
const ASCII_STL = `solid a\n${"facet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0.5\nendloop\nendfacet\n".repeat(6)}endsolid a\n`;
const ASCII_PLY =
  "ply\nformat ascii 1.0\ncomment a\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nelement face 2\nproperty list uchar int vertex_indices\nend_header\n0 0 0 1 2 3\n1 0 0 1 2 3\n0 1 0 1 2 3\n1 1 0.2 9 9 9\n3 0 1 2\n4 0 1 3 2\n";
const OBJ = `mtllib a.mtl\no a\ng b\n${new TextDecoder().decode(writeObj(mesh))}f 1//1 2//2 \\\n 3//3\nf -1 -2 -3 -4\n`;
const STRIPS =
  "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\nelement tristrips 1\nproperty list int int vertex_indices\nend_header\n0 0 0\n1 0 0\n0 1 0\n1 1 0.2\n9 0 1 2 3 -1 0 1 1 2\n";
const PAINTED_OBJ = `${OBJ}#MRGB ${"ff80a0c0".repeat(40)}\n`;

/** A binary STL with a colour of each triangle, as Magics writes it. */
function colouredStl(): Uint8Array {
  const bytes = writeStl(mesh);
  bytes.set(text("COLOR=rgba"));
  for (let at = 84 + 48; at < bytes.length; at += 50) bytes[at] = at & 255;
  return bytes;
}

const SEEDS = [
  ...[writeObj(mesh), text(OBJ), writeStl(mesh), text(ASCII_STL), writePly(mesh), text(ASCII_PLY)],
  ...[text(STRIPS), text(PAINTED_OBJ), colouredStl(), new Uint8Array(Buffer.from(`\ufeff${OBJ}`, "utf16le"))],
];

const outcomes: Record<string, number> = {};
for (let seed = from; seed < to; seed++) {
  Atomics.store(current, 0, seed);
  const damaged = mutateBytes(SEEDS[seed % SEEDS.length]!, seed);
  const outcome = read(damaged, seed);
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}
parentPort?.postMessage(outcomes);

/** What became of it. A mesh that is unsound, or any error but ours, ends the run. */
function read(bytes: Uint8Array, seed: number): string {
  try {
    const { mesh: parsed } = parseMesh(bytes);
    const welded = weldMesh(parsed).mesh;
    for (const { positions, indices } of [parsed, welded]) {
      const vertices = positions.length / 3;
      for (const index of indices)
        if (index >= vertices) throw new Error(`seed ${seed}: index ${index} of ${vertices}`);
      if (indices.length > bytes.length * 3) throw new Error(`seed ${seed}: more triangles than the file can hold`);
    }
    return "read";
  } catch (error) {
    if (!(error instanceof MeshError)) throw new Error(`seed ${seed}`, { cause: error });
    return error.code;
  }
}
