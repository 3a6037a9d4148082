import { crossOf, type Point } from "./geometry.ts";

export interface PrincipalFrame {
  centre: Point;
  /** From the widest to the thinnest direction, right-handed, of length 1. */
  axes: readonly [Point, Point, Point];
}

const SWEEPS = 24;

/** The middle of points (`x y z` triples) and the directions in which they spread. */
export function principalFrame(points: Float32Array): PrincipalFrame {
  const count = Math.max(1, points.length / 3);
  const centre: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < points.length; i++) centre[i % 3]! += points[i]! / count;
  const spread = new Float64Array(9);
  for (let i = 0; i + 2 < points.length; i += 3)
    for (let row = 0; row < 3; row++)
      for (let column = 0; column < 3; column++)
        spread[row * 3 + column]! += (points[i + row]! - centre[row]!) * (points[i + column]! - centre[column]!);
  const { values, vectors } = diagonalise(spread);
  const order = [0, 1, 2].toSorted((a, b) => values[b]! - values[a]!);
  const axis = (index: number): Point => [vectors[index]!, vectors[3 + index]!, vectors[6 + index]!];
  const [first, second] = [axis(order[0]!), axis(order[1]!)];
  return { centre, axes: [first, second, crossOf(first, second)] };
}

/** Eigenvalues and eigenvectors (columns) of a symmetric 3 × 3 matrix, by Jacobi's rotations. */
function diagonalise(matrix: Float64Array): { values: number[]; vectors: Float64Array } {
  const a = matrix.slice();
  const vectors = new Float64Array([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const off = a[p * 3 + q]!;
      if (Math.abs(off) < 1e-30) continue;
      const theta = (a[q * 3 + q]! - a[p * 3 + p]!) / (2 * off);
      const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const cos = 1 / Math.sqrt(t * t + 1);
      const sin = t * cos;
      for (let k = 0; k < 3; k++) rotateCells(a, k * 3 + p, k * 3 + q, cos, sin);
      for (let k = 0; k < 3; k++) rotateCells(a, p * 3 + k, q * 3 + k, cos, sin);
      for (let k = 0; k < 3; k++) rotateCells(vectors, k * 3 + p, k * 3 + q, cos, sin);
    }
  }
  return { values: [a[0]!, a[4]!, a[8]!], vectors };
}

function rotateCells(cells: Float64Array, p: number, q: number, cos: number, sin: number): void {
  const [x, y] = [cells[p]!, cells[q]!];
  cells[p] = cos * x - sin * y;
  cells[q] = sin * x + cos * y;
}
