import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Mesh } from "./mesh.ts";
import { sampleMesh } from "./sample-mesh.ts";
import { weldMesh } from "./weld.ts";

function soupOf(mesh: Mesh): Mesh {
  const positions = new Float32Array(mesh.indices.length * 3);
  for (const [to, from] of mesh.indices.entries())
    positions.set(mesh.positions.subarray(from * 3, from * 3 + 3), to * 3);
  return { positions, indices: Uint32Array.from(mesh.indices, (_, i) => i), colours: null };
}

const cornersOf = ({ positions, indices }: Mesh) =>
  Array.from(indices, (vertex) => [...positions.slice(vertex * 3, vertex * 3 + 3)]);

describe("welding", () => {
  it("joins a triangle soup back into a surface without moving anything", () => {
    const surface = sampleMesh(30, 6);
    const soup = soupOf(surface);
    const welded = weldMesh(soup);
    expect(welded.mesh.positions.length).toBe(surface.positions.length);
    expect(welded.joined).toBe(soup.positions.length / 3 - surface.positions.length / 3);
    expect(cornersOf(welded.mesh)).toEqual(cornersOf(surface));
  });

  it("joins 0 with -0, but not the nearest neighbouring number", () => {
    const nearest = Math.fround(1 + 2 ** -23);
    const mesh = {
      positions: new Float32Array([0, 0, 1, -0, 0, 1, 0, 5, nearest, 0, 5, 1]),
      indices: new Uint32Array([0, 2, 3, 1, 3, 2]),
      colours: null,
    };
    expect(weldMesh(mesh)).toMatchObject({
      joined: 1,
      degenerate: 0,
      mesh: { indices: new Uint32Array([0, 1, 2, 0, 2, 1]) },
    });
  });

  it("leaves out degenerate triangles and unused vertices, and counts them", () => {
    const mesh = {
      positions: new Float64Array([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 9, 9, 9]),
      indices: new Uint32Array([0, 1, 2, 0, 0, 1, 1, 3, 2]),
      colours: new Uint8Array([1, 1, 1, 255, 2, 2, 2, 255, 3, 3, 3, 255, 4, 4, 4, 255, 5, 5, 5, 255]),
    };
    const welded = weldMesh(mesh);
    expect(welded).toMatchObject({ degenerate: 2, joined: 1, unused: 1 });
    expect([...welded.mesh.indices]).toEqual([0, 1, 2]);
    // The second vertex lies on the fourth: theirs is the mean.
    expect([...welded.mesh.colours!]).toEqual([1, 1, 1, 255, 3, 3, 3, 255, 3, 3, 3, 255]);
  });

  it("finds the same vertices as comparing each with each", () => {
    const coordinate = fc.constantFrom(0, -0, 1, 1.5, -2);
    const points = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(points, (vertices) => {
        const whole = vertices.length - (vertices.length % 3);
        const mesh = {
          positions: new Float32Array(vertices.slice(0, whole).flat()),
          indices: Uint32Array.from({ length: whole }, (_, i) => i),
          colours: null,
        };
        const distinct = new Set(vertices.slice(0, whole).map((point) => point.map((value) => value + 0).join()));
        const welded = weldMesh(mesh);
        expect(welded.mesh.positions.length / 3 + welded.unused).toBe(distinct.size);
        expect(welded.joined).toBe(whole - distinct.size);
      }),
    );
  });
});
