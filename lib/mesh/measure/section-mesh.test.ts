import { describe, expect, test } from "vitest";
import type { Point } from "./geometry.ts";
import { bumpyBall, hillySheet, steadyNumbers } from "./sample-surfaces.ts";
import { type Contour, fromPlane, sectionMesh, sectionPlane, toPlane } from "./section-mesh.ts";

const lengthOf = ({ points }: Contour) => {
  let sum = 0;
  for (let i = 0; i + 3 < points.length; i += 2)
    sum += Math.hypot(points[i + 2]! - points[i]!, points[i + 3]! - points[i + 1]!);
  return sum;
};

/** The length of a section, triangle by triangle and without a tree. */
function bruteLength(positions: Float32Array, indices: Uint32Array, origin: Point, normal: Point): number {
  const height = (v: number) => [0, 1, 2].reduce((s, k) => s + (positions[v * 3 + k]! - origin[k]!) * normal[k]!, 0);
  let sum = 0;
  for (let i = 0; i < indices.length; i += 3) {
    const ends: number[][] = [];
    for (let e = 0; e < 3; e++) {
      const [a, b] = [indices[i + e]!, indices[i + ((e + 1) % 3)]!];
      const [ha, hb] = [height(a), height(b)];
      if (ha * hb > 0) continue;
      ends.push([0, 1, 2].map((k) => (positions[a * 3 + k]! * hb - positions[b * 3 + k]! * ha) / (hb - ha)));
    }
    if (ends.length === 2) sum += Math.hypot(...[0, 1, 2].map((k) => ends[0]![k]! - ends[1]![k]!));
  }
  return sum;
}

describe("a section", () => {
  test("of a ball is one ring around its material", () => {
    const ball = bumpyBall(5, 0, [1, 2, 3], 48);
    const [ring, ...others] = sectionMesh(ball, sectionPlane([1, 2, 3.01], [0, 0, 1], [0, 1, 0]));
    expect(others).toEqual([]);
    expect(ring?.closed).toBe(true);
    const points = ring!.points;
    let area = 0;
    for (let i = 0; i + 3 < points.length; i += 2)
      area += (points[i]! * points[i + 3]! - points[i + 2]! * points[i + 1]!) / 2;
    expect(area).toBeGreaterThan(77);
    expect(area).toBeLessThan(Math.PI * 25);
  });

  test("of an open scan is an open line", () => {
    const lines = sectionMesh(
      hillySheet(20, 20, () => 4),
      sectionPlane([0.3, 0, 0], [1, 0, 0], [0, 0, 1]),
    );
    expect(lines.map(({ closed }) => closed)).toEqual([false]);
    expect(lengthOf(lines[0]!)).toBeCloseTo(20, 4);
  });

  test("runs through vertices that lie in the plane without a gap", () => {
    const lines = sectionMesh(
      hillySheet(20, 20, () => 4),
      sectionPlane([0, 0, 0], [1, 0, 0], [0, 0, 1]),
    );
    expect(lines).toHaveLength(1);
    expect(lengthOf(lines[0]!)).toBeCloseTo(20, 4);
  });

  test("is as long as without a tree, to less than 10 µm, wherever the plane lies", () => {
    const body = bumpyBall(6, 0.8, [0, 0, 0], 40);
    const random = steadyNumbers(7);
    for (let sample = 0; sample < 60; sample++) {
      const direction: Point = [random() - 0.5, random() - 0.5, random() - 0.5];
      const origin: Point = [random() * 6 - 3, random() * 6 - 3, random() * 6 - 3];
      const plane = sectionPlane(origin, direction, [0, 0, 1]);
      const whole = sectionMesh(body, plane).reduce((sum, line) => sum + lengthOf(line), 0);
      expect(Math.abs(whole - bruteLength(body.positions, body.indices, origin, plane.normal))).toBeLessThan(0.01);
    }
  });

  test("shows what is up as up, and gives points back where they were", () => {
    const plane = sectionPlane([1, 2, 3], [0, 1, 0], [0, 0, 1]);
    expect(toPlane(plane, [1, 2, 8])).toEqual([0, 5]);
    expect(fromPlane(plane, [2, 5])[2]).toBeCloseTo(8);
    expect(toPlane(plane, fromPlane(plane, [2, 5]))).toEqual([2, 5]);
  });
});
