import { expect, test } from "vitest";
import { joinPreviews } from "./join-previews.ts";
import { readPreview, readPreviews } from "./read-preview.ts";
import { sampleMesh } from "./sample-mesh.ts";
import { splitGlb } from "./split-glb.ts";
import { writePreview } from "./write-preview.ts";

const MESHES = [sampleMesh(40, 6), sampleMesh(30, 5, { width: 50, colours: true }), sampleMesh(20, 4, { width: 130 })];

async function joined() {
  const alone = await Promise.all(MESHES.map(async (mesh) => (await writePreview(mesh, "low")).glb));
  return { alone, glb: joinPreviews(alone.map((glb, at) => ({ name: `scan ${at}`, glb }))) };
}

test("previews joined into one file are the same as each alone, by name and in order", async () => {
  const { alone, glb } = await joined();
  const all = await readPreviews(glb);
  expect([...all.keys()]).toEqual(["scan 0", "scan 1", "scan 2"]);
  for (const [at, single] of alone.entries()) expect(all.get(`scan ${at}`)).toEqual(await readPreview(single));
});

test("every buffer view of a joined file lies inside the buffer it names", async () => {
  const { document, binary } = splitGlb((await joined()).glb);
  for (const view of document.bufferViews) {
    const { buffer, byteOffset, byteLength } = view.extensions.KHR_meshopt_compression;
    expect(byteOffset + byteLength).toBeLessThanOrEqual(document.buffers[buffer]!.byteLength);
    expect(view.byteOffset + view.byteLength).toBeLessThanOrEqual(document.buffers[view.buffer]!.byteLength);
  }
  expect(document.buffers[0]!.byteLength).toBeLessThanOrEqual(binary.length);
});
