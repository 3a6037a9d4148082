import { describe, expect, it } from "vitest";
import { measureBounds } from "./measure-bounds.ts";
import { type PreviewMesh, readPreview } from "./read-preview.ts";
import { reorderMesh } from "./reorder-mesh.ts";
import { sampleMesh } from "./sample-mesh.ts";
import { type Axes, turnMesh } from "./turn-mesh.ts";
import { writePreview } from "./write-preview.ts";

const glb = (await writePreview(await reorderMesh(sampleMesh(40, 10)), "full")).glb;
const original = await readPreview(glb);
const turned = async (axes: Axes | null) => turnMesh(await readPreview(glb), axes);

/** What the graphics card makes of the grid steps. */
function dequantised({ quantised, scale, offset }: PreviewMesh): number[] {
  return Array.from({ length: (quantised.length / 4) * 3 }, (_, i) => {
    const axis = i % 3;
    return offset[axis]! + scale[axis]! * quantised[Math.floor(i / 3) * 4 + axis]!;
  });
}

/** Six times the volume inside: positive where the triangles are wound outward. */
function volume({ positions, indices }: PreviewMesh): number {
  let sum = 0;
  const at = (i: number) => [...positions.subarray(indices[i]! * 3, indices[i]! * 3 + 3)] as [number, number, number];
  for (let i = 0; i < indices.length; i += 3) {
    const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = [at(i), at(i + 1), at(i + 2)];
    sum += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return sum;
}

describe("a mesh that is turned for the viewer", () => {
  it("stays as it is without axes", async () => {
    expect(await turned(null)).toEqual(original);
  });

  it.each([
    [["x", "-z", "y"], ([x, y, z]: number[]) => [x, 0 - z!, y]],
    [["x", "z", "-y"], ([x, y, z]: number[]) => [x, z, 0 - y!]],
    [["y", "z", "x"], ([x, y, z]: number[]) => [y, z, x]],
    [["-x", "y", "z"], ([x, y, z]: number[]) => [0 - x!, y, z]],
    [["y", "x", "z"], ([x, y, z]: number[]) => [y, x, z]],
  ] as [Axes, (point: number[]) => number[]][])(
    "lies along %j with every vertex, its bounds and its outside",
    async (axes, move) => {
      const mesh = await turned(axes);
      const wanted: number[] = [];
      for (let at = 0; at < original.positions.length; at += 3)
        wanted.push(...move([...original.positions.subarray(at, at + 3)]));
      expect(Array.from(mesh.positions)).toEqual(wanted);
      const drawn = dequantised(mesh);
      expect(Math.max(...drawn.map((value, i) => Math.abs(value - wanted[i]!)))).toBeLessThan(1e-4);
      const bounds = measureBounds(mesh.positions);
      for (const axis of [0, 1, 2]) {
        expect(mesh.bounds.min[axis]).toBeCloseTo(bounds.min[axis]!, 3);
        expect(mesh.bounds.max[axis]).toBeCloseTo(bounds.max[axis]!, 3);
      }
      expect(volume(mesh) / volume(original)).toBeCloseTo(1, 3);
    },
  );
});
