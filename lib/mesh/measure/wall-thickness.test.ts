import { describe, expect, test } from "vitest";
import { computeNormals } from "../compute-normals.ts";
import { FAR } from "./closest-distances.ts";
import { crossOf, dotOf, minus, type Point, plus, unit, vertexAt } from "./geometry.ts";
import { measureMesh } from "./measured-mesh.ts";
import { bumpyBall, hillySheet, solidBox } from "./sample-surfaces.ts";
import { wallThickness } from "./wall-thickness.ts";

/** A ball with a hollow: the outer surface, and the inner one turned inside out. */
function shell(outer: number, inner: number) {
  const [a, b] = [bumpyBall(outer, 0, [0, 0, 0], 32), bumpyBall(inner, 0, [0, 0, 0], 32)];
  const shifted = b.indices.map((index) => index + a.positions.length / 3);
  for (let i = 0; i < shifted.length; i += 3) {
    const second = shifted[i + 1]!;
    shifted[i + 1] = shifted[i + 2]!;
    shifted[i + 2] = second;
  }
  return measureMesh(new Float32Array([...a.positions, ...b.positions]), new Uint32Array([...a.indices, ...shifted]));
}

describe("the thickness of a wall", () => {
  test("is that of a crown's shell, from its outside and from its inside", async () => {
    const thicknesses = await wallThickness(shell(5, 4), 3);
    for (const mm of thicknesses) expect(Math.abs(mm - 1)).toBeLessThan(0.03);
  });

  test("is that of a plate up to its sharp edges, however few triangles it has", async () => {
    for (const cells of [1, 4]) {
      const { positions } = solidBox([10, 10, 2], cells);
      const thicknesses = await wallThickness(solidBox([10, 10, 2], cells), 5);
      for (let vertex = 0; vertex < thicknesses.length; vertex++) {
        const isOnTopOrBottom = [0, 2].includes(positions[vertex * 3 + 2]!);
        expect(thicknesses[vertex]).toBeCloseTo(isOnTopOrBottom ? 2 : Number.POSITIVE_INFINITY, 4);
      }
    }
  });

  test("agrees with brute force along the normals to less than 10 µm where there are no edges", async () => {
    const body = bumpyBall(4, 0.15, [1, 2, 3], 20);
    const normals = computeNormals(body.positions, body.indices);
    const thicknesses = await wallThickness(body, 20);
    let compared = 0;
    for (let vertex = 0; vertex < thicknesses.length; vertex++) {
      const inward = unit(plus([0, 0, 0], vertexAt(normals, vertex), -1));
      const origin = vertexAt(body.positions, vertex);
      let nearest = Number.POSITIVE_INFINITY;
      for (let i = 0; i < body.indices.length; i += 3) {
        const [a, b, c] = [0, 1, 2].map((k) => vertexAt(body.positions, body.indices[i + k]!)) as [Point, Point, Point];
        const normal = crossOf(minus(b, a), minus(c, a));
        const facing = dotOf(inward, normal);
        const along = dotOf(minus(a, origin), normal) / facing;
        if (facing <= 0 || along < 0.002 || along >= nearest) continue;
        const at = plus(origin, inward, along);
        const sides = [
          [a, b],
          [b, c],
          [c, a],
        ].map(([from, to]) => dotOf(crossOf(minus(to!, from!), minus(at, from!)), normal));
        if (sides.every((side) => side >= -1e-9)) nearest = along;
      }
      if (Number.isFinite(nearest)) {
        expect(Math.abs(thicknesses[vertex]! - nearest)).toBeLessThan(0.01);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  test("is unknown where a scan has no other side", async () => {
    const sheet = hillySheet(10, 5, () => 0);
    expect(new Set(await wallThickness(sheet, 5))).toEqual(new Set([FAR]));
  });
});
