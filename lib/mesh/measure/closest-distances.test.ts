import { describe, expect, test } from "vitest";
import { FAR, nearestOnMesh, signedDistances } from "./closest-distances.ts";
import { crossOf, dotOf, minus, type Point, plus, vertexAt } from "./geometry.ts";
import type { MeasuredMesh } from "./measured-mesh.ts";
import { bumpyBall, hillySheet, steadyNumbers } from "./sample-surfaces.ts";

/** Distance of a point to a triangle, by its three edges and its plane, in double precision. */
function toTriangle(p: Point, a: Point, b: Point, c: Point): number {
  const toEdge = (from: Point, to: Point) => {
    const along = minus(to, from);
    const share = Math.min(1, Math.max(0, dotOf(minus(p, from), along) / dotOf(along, along)));
    return Math.hypot(...minus(p, plus(from, along, share)));
  };
  const normal = crossOf(minus(b, a), minus(c, a));
  const size = Math.hypot(...normal);
  const height = dotOf(minus(p, a), normal) / size;
  const foot = plus(p, normal, -height / size);
  const inside = [
    [a, b],
    [b, c],
    [c, a],
  ].every(([from, to]) => dotOf(crossOf(minus(to!, from!), minus(foot, from!)), normal) >= 0);
  return inside ? Math.abs(height) : Math.min(toEdge(a, b), toEdge(b, c), toEdge(c, a));
}

function brute({ positions, indices }: MeasuredMesh, p: Point): number {
  let best = FAR;
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => vertexAt(positions, indices[i + k]!)) as [Point, Point, Point];
    best = Math.min(best, toTriangle(p, a, b, c));
  }
  return best;
}

describe("distances between two jaws", () => {
  test("agree with brute force on 1,000 vertices to less than 10 µm, with the right side", async () => {
    const body = bumpyBall(6, 0.7, [0, 0, 0], 24);
    const other = bumpyBall(5.6, 1.1, [1.2, 0.4, 0.3], 24);
    const distances = await signedDistances(other.positions, body, 2);
    const inside = (p: Point) => {
      let turns = 0;
      for (let i = 0; i < body.indices.length; i += 3) {
        const [a, b, c] = [0, 1, 2].map((k) => minus(vertexAt(body.positions, body.indices[i + k]!), p)) as Point[];
        const [la, lb, lc] = [a, b, c].map((v) => Math.hypot(...v!)) as [number, number, number];
        const solid = dotOf(a!, crossOf(b!, c!));
        turns += 2 * Math.atan2(solid, la * lb * lc + dotOf(a!, b!) * lc + dotOf(b!, c!) * la + dotOf(c!, a!) * lb);
      }
      return turns > 2 * Math.PI;
    };
    const step = Math.max(1, Math.floor(distances.length / 1000));
    let compared = 0;
    for (let vertex = 0; vertex < distances.length; vertex += step) {
      const point = vertexAt(other.positions, vertex);
      const exact = brute(body, point);
      if (distances[vertex] === FAR) expect(exact).toBeGreaterThan(2);
      else {
        expect(Math.abs(Math.abs(distances[vertex]!) - exact)).toBeLessThan(0.001);
        if (exact > 1e-4) expect(distances[vertex]! < 0).toBe(inside(point));
      }
      compared++;
    }
    expect(compared).toBeGreaterThan(1000);
  });

  test("are positive above a sheet, negative below, and FAR beyond the limit", async () => {
    const sheet = hillySheet(20, 10, () => 0);
    const points = new Float32Array([0.3, 0.2, 1, 0.3, 0.2, -0.5, 0, 0, 0.25, 0, 0, 5]);
    expect([...(await signedDistances(points, sheet, 2))]).toEqual([1, -0.5, 0.25, FAR]);
  });

  test("end when asked to", async () => {
    const stop = () => Promise.reject(new Error("closed"));
    await expect(
      signedDistances(
        new Float32Array(30),
        hillySheet(20, 4, () => 0),
        2,
        stop,
      ),
    ).rejects.toThrow("closed");
  });

  test("from a point to a surface agree with brute force", () => {
    const body = bumpyBall(6, 0.7, [0, 0, 0], 20);
    const random = steadyNumbers(3);
    for (let sample = 0; sample < 200; sample++) {
      const point: Point = [random() * 20 - 10, random() * 20 - 10, random() * 20 - 10];
      const nearest = nearestOnMesh(body, point)!;
      expect(Math.abs(nearest.mm - brute(body, point))).toBeLessThan(0.001);
      expect(Math.hypot(...minus(nearest.point, point))).toBeCloseTo(nearest.mm, 6);
    }
  });
});
