import { describe, expect, it } from "vitest";
import { computeNormals, packNormals } from "./compute-normals.ts";

const square = new Float32Array([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]);

describe("normals", () => {
  it("point to the side from which the corners run counter-clockwise", () => {
    const normals = computeNormals(square, new Uint32Array([0, 1, 2, 0, 2, 3]));
    expect([...normals]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1]);
  });

  it("lean towards the larger of two triangles that share a corner", () => {
    const positions = new Float32Array([0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 1]);
    const [x, , z] = computeNormals(positions, new Uint32Array([0, 1, 2, 0, 2, 3]));
    expect(z).toBeGreaterThan(x!);
    expect(x).toBeGreaterThan(0);
  });

  it("are zero, not NaN, where no triangle has an area", () => {
    expect([...computeNormals(square, new Uint32Array([0, 0, 1]))]).toEqual(new Array(12).fill(0));
  });

  it("fit into signed bytes within half a degree", () => {
    const length = Math.hypot(0.3, -0.5, 0.81);
    const [x, y, z, padding] = packNormals(new Float32Array([0.3 / length, -0.5 / length, 0.81 / length]));
    const dot = (0.3 * x! - 0.5 * y! + 0.81 * z!) / (length * Math.hypot(x!, y!, z!));
    expect((Math.acos(Math.min(1, dot)) * 180) / Math.PI).toBeLessThan(0.5);
    expect(padding).toBe(0);
  });
});
