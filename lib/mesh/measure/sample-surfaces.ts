import type { Point } from "./geometry.ts";
import { type MeasuredMesh, measureMesh } from "./measured-mesh.ts";

/** Surfaces that tests measure: known shapes, and irregular ones for comparison with brute force. */

/** A closed body about `centre`: a ball of the radius, with bumps of the given height. All mm. */
export function bumpyBall(radius: number, bumps: number, centre: readonly number[], rings = 24): MeasuredMesh {
  const sectors = rings * 2;
  const positions: number[] = [];
  const place = (polar: number, around: number) => {
    const r = radius + bumps * Math.sin(5 * around + 1) * Math.sin(7 * polar) * Math.sin(polar);
    positions.push(
      centre[0]! + r * Math.sin(polar) * Math.cos(around),
      centre[1]! + r * Math.sin(polar) * Math.sin(around),
      centre[2]! + r * Math.cos(polar),
    );
  };
  place(0, 0);
  for (let ring = 1; ring < rings; ring++)
    for (let sector = 0; sector < sectors; sector++) place((ring * Math.PI) / rings, (sector * 2 * Math.PI) / sectors);
  place(Math.PI, 0);
  const last = positions.length / 3 - 1;
  const at = (ring: number, sector: number) =>
    ring === 0 ? 0 : ring === rings ? last : 1 + (ring - 1) * sectors + (sector % sectors);
  const indices: number[] = [];
  for (let ring = 0; ring < rings; ring++)
    for (let sector = 0; sector < sectors; sector++) {
      if (ring < rings - 1) indices.push(at(ring, sector), at(ring + 1, sector), at(ring + 1, sector + 1));
      if (ring > 0) indices.push(at(ring, sector), at(ring + 1, sector + 1), at(ring, sector + 1));
    }
  return measureMesh(new Float32Array(positions), new Uint32Array(indices));
}

/**
 * A closed box with its base about the origin, its sides cut into squares: `cells` along each edge.
 * @param place where each of its points goes
 */
export function solidBox(
  [width, depth, height]: Point,
  cells: number,
  place: (point: Point) => Point = (point) => point,
): MeasuredMesh {
  const vertices = new Map<string, number>();
  const positions: number[] = [];
  const indices: number[] = [];
  const vertexOf = (steps: readonly number[]) => {
    const known = vertices.get(steps.join());
    if (known !== undefined) return known;
    const [x, y, z] = steps.map((step) => step / cells) as [number, number, number];
    positions.push(...place([(x - 0.5) * width, (y - 0.5) * depth, z * height]));
    vertices.set(steps.join(), vertices.size);
    return vertices.size - 1;
  };
  for (let axis = 0; axis < 3; axis++)
    for (const level of [0, cells])
      for (let u = 0; u < cells; u++)
        for (let v = 0; v < cells; v++) {
          const corners = [
            [u, v],
            [u + 1, v],
            [u + 1, v + 1],
            [u, v + 1],
          ].map(([a, b]) => {
            const steps = [level, level, level];
            steps[(axis + 1) % 3] = a!;
            steps[(axis + 2) % 3] = b!;
            return vertexOf(steps);
          });
          const [a, b, c, d] = (level === 0 ? corners.toReversed() : corners) as [number, number, number, number];
          indices.push(a, b, c, a, c, d);
        }
  return measureMesh(new Float32Array(positions), new Uint32Array(indices));
}

/** A square sheet in z, looking up, with hills: `size` mm wide, `cells` squares along each side. */
export function hillySheet(size: number, cells: number, height: (x: number, y: number) => number): MeasuredMesh {
  const positions: number[] = [];
  for (let row = 0; row <= cells; row++)
    for (let column = 0; column <= cells; column++) {
      const [x, y] = [(column / cells - 0.5) * size, (row / cells - 0.5) * size];
      positions.push(x, y, height(x, y));
    }
  const indices: number[] = [];
  for (let row = 0; row < cells; row++)
    for (let column = 0; column < cells; column++) {
      const corner = row * (cells + 1) + column;
      indices.push(corner, corner + 1, corner + cells + 2, corner, corner + cells + 2, corner + cells + 1);
    }
  return measureMesh(new Float32Array(positions), new Uint32Array(indices));
}

/** Numbers between 0 and 1 that are the same in every run. */
export function steadyNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
