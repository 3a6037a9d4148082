import { describe, expect, it } from "vitest";
import { convertMesh } from "./convert-mesh.ts";
import { readPreview } from "./read-preview.ts";
import { sampleMesh } from "./sample-mesh.ts";
import { writePly } from "./write-ply.ts";
import { writeStl } from "./write-stl.ts";

describe("converting a scan", () => {
  it("gives a low and a full preview of a large one, each with its stated error", async () => {
    const { facts, low, full } = await convertMesh(writeStl(sampleMesh(300, 100)));
    expect(facts).toMatchObject({ format: "stl", triangles: 60_000, vertices: 301 * 101, hasColour: false });
    expect(facts.dropped.joinedVertices).toBe(180_000 - 301 * 101);
    expect(facts.maxErrorUm).toBeLessThanOrEqual(1);
    expect(low.triangles).toBeLessThanOrEqual(20_000);
    expect(low.maxErrorUm).toBeGreaterThan(full.maxErrorUm);
    expect((await readPreview(full.glb)).indices.length).toBe(180_000);
    expect((await readPreview(low.glb)).indices.length).toBe(low.triangles * 3);
  });

  it("gives a small one a single preview for both", async () => {
    const { low, full } = await convertMesh(writePly(sampleMesh(40, 10, { colours: true })));
    expect(low).toBe(full);
    expect((await readPreview(full.glb)).colours).not.toBeNull();
  });

  it("keeps the colours in both previews", async () => {
    const { facts, low, full } = await convertMesh(writePly(sampleMesh(300, 100, { colours: true })));
    expect(facts.hasColour).toBe(true);
    expect((await readPreview(low.glb)).colours).not.toBeNull();
    expect((await readPreview(full.glb)).colours).not.toBeNull();
  });

  it("refuses a mesh whose triangles are all degenerate", async () => {
    const mesh = { positions: new Float32Array([1, 1, 1, 1, 1, 1, 2, 2, 2]), indices: new Uint32Array([0, 1, 2]) };
    await expect(convertMesh(writeStl({ ...mesh, colours: null }))).rejects.toMatchObject({ code: "no_triangles" });
  });
});
