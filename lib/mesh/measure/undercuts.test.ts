import { describe, expect, test } from "vitest";
import { angleDegrees, crossOf, dotOf, minus, type Point, unit, vertexAt } from "./geometry.ts";
import { bumpyBall, hillySheet, solidBox } from "./sample-surfaces.ts";
import { findUndercuts, meanNormal, OWN_SURFACE_MM } from "./undercuts.ts";

describe("undercuts", () => {
  test("a ball has one half of its surface below the equator", async () => {
    const ball = bumpyBall(5, 0, [2, 1, 0], 48);
    const { areaMm2, deepestMm } = await findUndercuts(ball, [0, 0, 1]);
    expect(areaMm2 / (2 * Math.PI * 25)).toBeCloseTo(1, 1);
    expect(deepestMm).toBeCloseTo(10, 1);
  });

  test("a hill without overhang has none along its axis, and some when tilted", async () => {
    const hill = hillySheet(20, 40, (x, y) => 4 * Math.exp(-(x * x + y * y) / 8));
    expect((await findUndercuts(hill, [0, 0, 1])).areaMm2).toBe(0);
    expect((await findUndercuts(hill, [1, 0, 0.4])).areaMm2).toBeGreaterThan(1);
  });

  test("a stump that narrows upwards has its base, and upside down all but that, however few triangles it has", async () => {
    for (const cells of [1, 5]) {
      const stump = solidBox([10, 10, 10], cells, ([x, y, z]) => [x * (1 - 0.04 * z), y * (1 - 0.04 * z), z]);
      const above = await findUndercuts(stump, [0, 0, 1]);
      expect(above.areaMm2).toBeCloseTo(100, 2);
      expect(above.deepestMm).toBeCloseTo(10, 3);
      const below = await findUndercuts(stump, [0, 0, -1]);
      // The top of 6 × 6 mm, and four trapezia.
      expect(below.areaMm2).toBeCloseTo(36 + 4 * 8 * Math.hypot(10, 2), 1);
    }
  });

  test("each depth is the way to the first triangle above, as brute force finds it", async () => {
    const body = bumpyBall(5, 1.2, [0, 0, 0], 16);
    const axis = unit([0.3, -0.2, 1]);
    const { depths } = await findUndercuts(body, axis);
    const triangles: [Point, Point, Point][] = [];
    for (let i = 0; i < body.indices.length; i += 3)
      triangles.push([0, 1, 2].map((k) => vertexAt(body.positions, body.indices[i + k]!)) as [Point, Point, Point]);
    for (let vertex = 0; vertex < depths.length; vertex++) {
      const origin = vertexAt(body.positions, vertex);
      let nearest = 0;
      for (const [a, b, c] of triangles) {
        const normal = crossOf(minus(b, a), minus(c, a));
        const along = dotOf(minus(a, origin), normal) / dotOf(axis, normal);
        if (!(along > OWN_SURFACE_MM) || (nearest > 0 && along >= nearest)) continue;
        const at: Point = [origin[0] + axis[0] * along, origin[1] + axis[1] * along, origin[2] + axis[2] * along];
        const inside = [
          [a, b],
          [b, c],
          [c, a],
        ].every(([from, to]) => dotOf(crossOf(minus(to!, from!), minus(at, from!)), normal) >= -1e-9);
        if (inside) nearest = along;
      }
      expect(Math.abs(depths[vertex]! - nearest)).toBeLessThan(0.005);
    }
  });

  test("an axis from an area is where the area looks", () => {
    const roof = hillySheet(20, 40, (x) => -Math.abs(x) * 0.5);
    const normal = meanNormal(roof, [4, 0, -2], 2, [0, 0, 1])!;
    expect(angleDegrees(normal, [0, 0, 0], [0.5, 0, 1])).toBeLessThan(0.01);
    expect(meanNormal(roof, [40, 0, 0], 2, [0, 0, 1])).toBeNull();
  });
});

test("angles are exact for straight, right and narrow ones", () => {
  expect(angleDegrees([1, 0, 0], [0, 0, 0], [-1, 0, 0])).toBe(180);
  expect(angleDegrees([3, 0, 0], [0, 0, 0], [0, 2, 0])).toBe(90);
  expect(angleDegrees([1, 0, 0], [0, 0, 0], [1, 1e-7, 0])).toBeCloseTo(5.7296e-6, 9);
});
