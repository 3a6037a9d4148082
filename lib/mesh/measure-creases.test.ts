import { describe, expect, test } from "vitest";
import { computeNormals } from "#lib/mesh/compute-normals.ts";
import { measureCreases } from "./measure-creases.ts";

/** A square sheet of 12 mm, 0.2 mm apart, with the height that `shape` gives. */
function sheet(shape: (x: number, y: number) => number) {
  const cells = 60;
  const step = 0.2;
  const positions = new Float32Array((cells + 1) ** 2 * 3);
  const indices: number[] = [];
  for (let row = 0; row <= cells; row++) {
    for (let column = 0; column <= cells; column++) {
      const [x, y] = [(column - cells / 2) * step, (row - cells / 2) * step];
      const vertex = row * (cells + 1) + column;
      positions.set([x, y, shape(x, y)], vertex * 3);
      if (row === cells || column === cells) continue;
      const above = vertex + cells + 1;
      indices.push(vertex, vertex + 1, above, vertex + 1, above + 1, above);
    }
  }
  const triangles = new Uint32Array(indices);
  const creases = measureCreases(positions, computeNormals(positions, triangles), triangles);
  return { at: (column: number, row: number) => creases[row * (cells + 1) + column]! };
}

describe("the creases of a scan", () => {
  test("are none on a flat sheet", () => {
    const flat = sheet(() => 3);
    expect(flat.at(30, 30)).toBe(0);
    expect(flat.at(0, 0)).toBe(0);
  });

  test("are positive in a fissure and negative on a ridge", () => {
    const fissure = sheet((x) => Math.abs(x));
    const ridge = sheet((x) => -Math.abs(x));
    expect(fissure.at(30, 30)).toBeGreaterThan(40);
    expect(ridge.at(30, 30)).toBeLessThan(-40);
    expect(fissure.at(10, 30)).toBe(0);
  });

  test("measure the curvature of a hollow, 1 / radius, whichever way it is meshed", () => {
    const hollow = sheet((x, y) => 8 - Math.sqrt(64 - x * x - y * y));
    expect(hollow.at(30, 30)).toBeCloseTo((1 / 8 / 2.5) * 127, -0.5);
  });
});
