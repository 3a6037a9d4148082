import { describe, expect, it } from "vitest";
import { type ArchOrder, makeArch } from "./arch-generator.ts";
import type { Mesh } from "./mesh.ts";
import { readMesh } from "./mesh-readers.ts";
import { writeMesh } from "./mesh-writers.ts";
import { BIG_TRIANGLES } from "./scans-dir.ts";

const ORDER: ArchOrder = {
  jaw: "upper",
  anatomy: 7,
  prepared: [16, 21],
  missing: [25],
  triangles: 8_000,
  coloured: true,
};

function bounds({ positions }: Mesh): { min: number[]; max: number[] } {
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  positions.forEach((value, index) => {
    min[index % 3] = Math.min(min[index % 3] ?? 0, value);
    max[index % 3] = Math.max(max[index % 3] ?? 0, value);
  });
  return { min, max };
}

/** How many triangles share each edge: 1 at the border of the scan, 2 inside. */
function edgeUses({ indices }: Mesh): number[] {
  const uses = new Map<string, number>();
  for (let i = 0; i < indices.length; i += 3) {
    for (const [a, b] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const) {
      const [low, high] = [indices[i + a] ?? 0, indices[i + b] ?? 0].sort((x, y) => x - y);
      uses.set(`${low} ${high}`, (uses.get(`${low} ${high}`) ?? 0) + 1);
    }
  }
  return [...uses.values()];
}

function smallestArea({ positions, indices }: Mesh): number {
  let smallest = Infinity;
  const at = (vertex: number, axis: number) => positions[vertex * 3 + axis] ?? 0;
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [indices[i] ?? 0, indices[i + 1] ?? 0, indices[i + 2] ?? 0];
    const u = [0, 1, 2].map((axis) => at(b, axis) - at(a, axis)) as [number, number, number];
    const v = [0, 1, 2].map((axis) => at(c, axis) - at(a, axis)) as [number, number, number];
    smallest = Math.min(
      smallest,
      Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]) / 2,
    );
  }
  return smallest;
}

describe("generated arches", () => {
  it.each(["upper", "lower", "bite-left", "bite-right"] as const)(
    "%s is an open, edge-manifold sheet without degenerate triangles",
    (jaw) => {
      const mesh = makeArch({ ...ORDER, jaw, missing: jaw.startsWith("bite") ? [] : [25, 36] });
      const uses = edgeUses(mesh);
      expect(Math.max(...uses)).toBe(2);
      expect(uses.filter((count) => count === 1).length).toBeGreaterThan(50);
      expect(smallestArea(mesh)).toBeGreaterThan(1e-7);
      expect(mesh.indices.length / 3).toBeGreaterThan(6_500);
      expect(mesh.indices.length / 3).toBeLessThan(9_500);
    },
  );

  it("has the size of a mouth in millimetres, patient's left at +x, the back at +y", () => {
    const { min, max } = bounds(makeArch(ORDER));
    const size = max.map((value, axis) => value - (min[axis] ?? 0)) as [number, number, number];
    expect(size[0]).toBeGreaterThan(58);
    expect(size[0]).toBeLessThan(80);
    expect(size[1]).toBeGreaterThan(42);
    expect(size[1]).toBeLessThan(66);
    expect(size[2]).toBeGreaterThan(11);
    expect(size[2]).toBeLessThan(22);
  });

  it("points the upper teeth down and the lower ones up, so that they meet around z = 0", () => {
    const upper = bounds(makeArch(ORDER));
    const lower = bounds(makeArch({ ...ORDER, jaw: "lower" }));
    expect(upper.min[2]).toBeCloseTo(-0.8, 0);
    expect(lower.max[2]).toBeCloseTo(0.8, 0);
    expect(upper.max[2]).toBeGreaterThan(9);
    expect(lower.min[2]).toBeLessThan(-9);
  });

  it("turns its faces outwards: the chewing side of the upper jaw looks down", () => {
    const { positions, normals } = makeArch({ ...ORDER, prepared: [], missing: [] });
    let down = 0;
    let tips = 0;
    for (let i = 0; i < positions.length; i += 3) {
      if ((positions[i + 2] ?? 0) > -0.3) continue;
      tips++;
      if ((normals[i + 2] ?? 0) < 0) down++;
    }
    expect(tips).toBeGreaterThan(20);
    expect(down / tips).toBeGreaterThan(0.9);
  });

  it("grinds the prepared tooth down and keeps its neighbour", () => {
    const sound = makeArch({ ...ORDER, prepared: [], missing: [] });
    const prepared = makeArch({ ...ORDER, prepared: [16], missing: [] });
    let changed = 0;
    for (let i = 0; i < sound.positions.length; i += 3) {
      const moved = Math.abs((sound.positions[i + 2] ?? 0) - (prepared.positions[i + 2] ?? 0));
      if (moved > 1) {
        changed++;
        expect(sound.positions[i]).toBeLessThan(-15);
      }
    }
    expect(changed).toBeGreaterThan(30);
  });

  it("is the same for the same patient and another for another", () => {
    expect(writeMesh(makeArch(ORDER), "stl").equals(writeMesh(makeArch(ORDER), "stl"))).toBe(true);
    expect(writeMesh(makeArch({ ...ORDER, anatomy: 8 }), "stl").equals(writeMesh(makeArch(ORDER), "stl"))).toBe(false);
  });

  it.each(["obj", "stl", "ply"] as const)("survives being written and read as %s", (format) => {
    const mesh = makeArch(ORDER);
    const read = readMesh(writeMesh(mesh, format), `scan.${format}`);
    expect(read.indices.length).toBe(mesh.indices.length);
    expect(bounds(read).max[0]).toBeCloseTo(bounds(mesh).max[0] ?? 0, 4);
    if (format === "ply") expect(read.colours).toEqual(mesh.colours);
  });

  it("reaches the size of the vendor's sample: a third of a million triangles, 25 MB as OBJ", () => {
    const bytes = writeMesh(makeArch({ ...ORDER, jaw: "lower", triangles: BIG_TRIANGLES, coloured: false }), "obj");
    expect(bytes.length / 25_129_108).toBeGreaterThan(0.9);
    expect(bytes.length / 25_129_108).toBeLessThan(1.1);
  });
});
