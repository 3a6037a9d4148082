import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureBounds } from "./measure-bounds.ts";
import type { Mesh } from "./mesh.ts";
import { readPreview } from "./read-preview.ts";
import { reorderMesh } from "./reorder-mesh.ts";
import { sampleMesh } from "./sample-mesh.ts";
import { writePreview } from "./write-preview.ts";

function largestDistanceUm(original: Mesh, positions: Float32Array): number {
  let worst = 0;
  for (let i = 0; i < original.positions.length; i += 3) {
    const dx = original.positions[i]! - positions[i]!;
    const dy = original.positions[i + 1]! - positions[i + 1]!;
    const dz = original.positions[i + 2]! - positions[i + 2]!;
    worst = Math.max(worst, Math.hypot(dx, dy, dz));
  }
  return worst * 1000;
}

describe("a preview", () => {
  it("gives back every triangle and every vertex within the error it states", async () => {
    const mesh = await reorderMesh(sampleMesh(120, 20));
    const written = await writePreview(mesh, "full");
    const read = await readPreview(written.glb);
    expect(written.triangles).toBe(4800);
    expect(read.indices.length).toBe(14_400);
    expect(largestDistanceUm(mesh, read.positions)).toBeCloseTo(written.maxErrorUm, 6);
    expect(written.maxErrorUm).toBeLessThanOrEqual(1);
    expect(read.maxErrorUm).toBeCloseTo(written.maxErrorUm, 2);
  });

  it("keeps the triangles' corners and the winding", async () => {
    const mesh = await reorderMesh(sampleMesh(12, 4));
    const read = await readPreview((await writePreview(mesh, "full")).glb);
    const rotate = ([a, b, c]: number[]) => {
      const smallest = Math.min(a!, b!, c!);
      return smallest === a ? [a, b, c] : smallest === b ? [b, c, a] : [c, a, b];
    };
    const triangles = (indices: Uint32Array) =>
      Array.from({ length: indices.length / 3 }, (_, i) => rotate([...indices.slice(i * 3, i * 3 + 3)]).join());
    expect(triangles(read.indices).sort()).toEqual(triangles(mesh.indices).sort());
  });

  it("keeps every colour exactly", async () => {
    const mesh = await reorderMesh(sampleMesh(40, 10, { colours: true }));
    const read = await readPreview((await writePreview(mesh, "full")).glb);
    expect(read.colours).toEqual(mesh.colours);
  });

  it("states its bounds within the error", async () => {
    const mesh = await reorderMesh(sampleMesh(40, 10));
    const written = await writePreview(mesh, "full");
    const read = await readPreview(written.glb);
    const bounds = measureBounds(mesh.positions);
    for (let axis = 0; axis < 3; axis++) {
      expect(Math.abs(read.bounds.min[axis]! - bounds.min[axis]!)).toBeLessThanOrEqual(written.maxErrorUm / 1000);
      expect(Math.abs(read.bounds.max[axis]! - bounds.max[axis]!)).toBeLessThanOrEqual(written.maxErrorUm / 1000);
    }
  });

  it.each([20, 75, 80, 100])("errs by at most a micrometre on an arch %i mm wide", async (width) => {
    const written = await writePreview(await reorderMesh(sampleMesh(100, 20, { width })), "full");
    expect(written.maxErrorUm).toBeLessThanOrEqual(1);
    expect(written.maxErrorUm).toBeGreaterThan(0);
  });

  it("says so when the scan is too large for a micrometre", async () => {
    const written = await writePreview(await reorderMesh(sampleMesh(100, 20, { width: 400 })), "full");
    expect(written.maxErrorUm).toBeGreaterThan(1);
    expect(written.maxErrorUm).toBeLessThan(6);
  });

  it("survives a flat mesh", async () => {
    const mesh: Mesh = {
      positions: new Float32Array([0, 0, 5, 10, 0, 5, 0, 10, 5]),
      indices: new Uint32Array([0, 1, 2]),
      colours: null,
    };
    const read = await readPreview((await writePreview(mesh, "low")).glb);
    expect([...read.positions].map((value) => Math.round(value * 100) / 100)).toEqual([...mesh.positions]);
  });

  it("is refused with a clear error, never a crash, when its bytes were damaged", async () => {
    const { glb } = await writePreview(await reorderMesh(sampleMesh(20, 6, { colours: true })), "full");
    await fc.assert(
      fc.asyncProperty(
        fc.nat(glb.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, flip, cut) => {
          const damaged = cut ? glb.slice(0, at) : glb.slice();
          if (!cut) damaged[at]! ^= flip;
          const outcome = await readPreview(damaged).then(
            () => "read",
            (error) => error.name,
          );
          expect(["read", "MeshError"]).toContain(outcome);
          if (cut) expect(outcome).toBe("MeshError");
        },
      ),
      { numRuns: 300 },
    );
  });
});
