import { areaVector, type Point } from "../measure/geometry.ts";

/** A scan's form in a few numbers: enough to find out how it lies and to frame it, without its triangles. */
export interface ScanShape {
  /**
   * Sum of all triangles' area vectors over their total area: length 0 for a closed body, up to 1 for a flat sheet.
   * On an open scan it points from the open base through the crowns, whatever lies in between.
   */
  opening: Point;
  /** x y z of evenly chosen vertices, mm. */
  samples: Float32Array;
}

const SAMPLES = 3000;

/**
 * @param positions x y z per vertex, mm
 * @param indices three per triangle, counter-clockwise seen from outside
 */
export function describeShape(positions: Float32Array, indices: Uint32Array): ScanShape {
  return { opening: measureOpening(positions, indices), samples: pickSamples(positions) };
}

function measureOpening(positions: Float32Array, indices: Uint32Array): Point {
  const sum: [number, number, number] = [0, 0, 0];
  const vector = new Float64Array(3);
  let total = 0;
  for (let i = 0; i + 2 < indices.length; i += 3) {
    total += areaVector(positions, indices, i, vector);
    for (let axis = 0; axis < 3; axis++) sum[axis]! += vector[axis]!;
  }
  return total > 0 ? [sum[0] / total, sum[1] / total, sum[2] / total] : [0, 0, 0];
}

function pickSamples(positions: Float32Array): Float32Array {
  const vertices = positions.length / 3;
  const count = Math.min(SAMPLES, vertices);
  const samples = new Float32Array(count * 3);
  for (let sample = 0; sample < count; sample++) {
    const vertex = Math.floor((sample * vertices) / count);
    samples.set(positions.subarray(vertex * 3, vertex * 3 + 3), sample * 3);
  }
  return samples;
}
