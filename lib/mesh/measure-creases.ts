import { freshFloats, type TakeFloats } from "./work-floats.ts";

/**
 * How deep in a crease (positive) or how far out on an edge (negative) each vertex lies, as mean curvature smoothed
 * over the neighbourhood. It stands in for ambient occlusion: fissures, margins and gingival edges show, at no cost
 * per frame, also without a graphics card.
 * @param positions x y z per vertex, mm
 * @param normals x y z per vertex, length 1
 * @param indices three per triangle
 * @returns one value per vertex, -127 … 127, of which 127 is a crease of 0.4 mm radius
 */
export function measureCreases(
  positions: Float32Array,
  normals: Float32Array,
  indices: Uint32Array,
  take: TakeFloats = freshFloats,
): Int8Array {
  const vertices = positions.length / 3;
  const degree = new Uint16Array(vertices);
  const curvature = take("curvature", vertices);
  const edgeLength = addCurvature(positions, normals, indices, curvature, degree);
  for (let vertex = 0; vertex < vertices; vertex++) curvature[vertex]! /= Math.max(1, degree[vertex]!);
  const rounds = Math.min(MOST_ROUNDS, Math.max(1, Math.round((SMOOTHING_MM / Math.max(edgeLength, 1e-6)) ** 2)));
  const smooth = smoothOverEdges(curvature, take("smooth curvature", vertices), degree, indices, rounds);
  const creases = new Int8Array(vertices);
  for (let vertex = 0; vertex < vertices; vertex++) {
    creases[vertex] = Math.max(-127, Math.min(127, Math.round((smooth[vertex]! / FULL_CREASE) * 127)));
  }
  return creases;
}

/** 1/mm: the curvature of a groove of 0.4 mm radius. */
const FULL_CREASE = 2.5;
/** The radius over which curvature is averaged, so that a scanner's noise does not speckle. */
const SMOOTHING_MM = 0.3;
const MOST_ROUNDS = 4;

/**
 * Sums 2 n·d / |d|² over the edges d of each vertex; returns the mean edge length, mm. Neighbours run along a shared
 * edge in opposite directions, so only the ascending one counts (of the rim that is half, which does no harm).
 */
function addCurvature(
  positions: Float32Array,
  normals: Float32Array,
  indices: Uint32Array,
  curvature: Float32Array,
  degree: Uint16Array,
): number {
  let total = 0;
  let edges = 0;
  for (let triangle = 0; triangle + 2 < indices.length; triangle += 3) {
    let from = indices[triangle + 2]!;
    for (let corner = triangle; corner < triangle + 3; corner++) {
      const to = indices[corner]!;
      if (from < to) {
        const a = from * 3;
        const b = to * 3;
        const dx = positions[b]! - positions[a]!;
        const dy = positions[b + 1]! - positions[a + 1]!;
        const dz = positions[b + 2]! - positions[a + 2]!;
        const squared = dx * dx + dy * dy + dz * dz;
        if (squared > 0) {
          const factor = 2 / squared;
          curvature[from]! += factor * (normals[a]! * dx + normals[a + 1]! * dy + normals[a + 2]! * dz);
          curvature[to]! -= factor * (normals[b]! * dx + normals[b + 1]! * dy + normals[b + 2]! * dz);
          degree[from]!++;
          degree[to]!++;
          total += Math.sqrt(squared);
          edges++;
        }
      }
      from = to;
    }
  }
  return edges > 0 ? total / edges : 0;
}

/** @param other as long; both are written to */
function smoothOverEdges(
  values: Float32Array,
  other: Float32Array,
  degree: Uint16Array,
  indices: Uint32Array,
  rounds: number,
) {
  let [current, next] = [values, other];
  for (let round = 0; round < rounds; round++) {
    next.set(current);
    for (let triangle = 0; triangle + 2 < indices.length; triangle += 3) {
      let from = indices[triangle + 2]!;
      for (let corner = triangle; corner < triangle + 3; corner++) {
        const to = indices[corner]!;
        if (from < to) {
          next[from]! += current[to]!;
          next[to]! += current[from]!;
        }
        from = to;
      }
    }
    for (let vertex = 0; vertex < next.length; vertex++) next[vertex]! /= degree[vertex]! + 1;
    [current, next] = [next, current];
  }
  return current;
}
