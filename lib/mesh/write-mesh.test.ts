import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Mesh } from "./mesh.ts";
import { parseMesh } from "./parse-mesh.ts";
import { sampleMesh } from "./sample-mesh.ts";
import { weldMesh } from "./weld.ts";
import { writeObj } from "./write-obj.ts";
import { writePly } from "./write-ply.ts";
import { writeStl } from "./write-stl.ts";

const anyMesh = fc
  .tuple(
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 6 }),
    fc.boolean(),
    fc.double({ min: 1, max: 120, noNaN: true }),
  )
  .map(([columns, rows, colours, width]) => sampleMesh(columns, rows, { colours, width }));

describe("a mesh written in another format", () => {
  it("is the same when it is read again, to the last bit", () => {
    fc.assert(
      fc.property(anyMesh, fc.constantFrom(writeObj, writePly), (mesh, write) => {
        expect(parseMesh(write(mesh)).mesh).toEqual(mesh);
      }),
    );
  });

  it("keeps 64-bit positions in OBJ and PLY", () => {
    const mesh: Mesh = {
      positions: new Float64Array([5000.123456789, 0, 0, 1, 0.1, 0, 0, 1, 1 / 3]),
      indices: new Uint32Array([0, 1, 2]),
      colours: null,
    };
    expect([...parseMesh(writePly(mesh)).mesh.positions]).toEqual([...mesh.positions]);
    for (const [i, value] of parseMesh(writeObj(mesh)).mesh.positions.entries()) {
      expect(value).toBeCloseTo(mesh.positions[i]!, 10);
    }
  });

  it("is the same surface after a detour through STL", () => {
    fc.assert(
      fc.property(anyMesh, (mesh) => {
        const { colours: _, ...surface } = weldMesh(mesh).mesh;
        expect(weldMesh(parseMesh(writeStl(mesh)).mesh).mesh).toEqual({ ...surface, colours: null });
      }),
    );
  });

  it("has outward normals of length 1 in STL", () => {
    const bytes = writeStl({
      positions: new Float32Array([0, 0, 0, 3, 0, 0, 0, 3, 0]),
      indices: new Uint32Array([0, 1, 2]),
      colours: null,
    });
    const view = new DataView(bytes.buffer);
    expect([84, 88, 92].map((at) => view.getFloat32(at, true))).toEqual([0, 0, 1]);
  });
});
