import { measureBounds } from "../measure-bounds.ts";
import { NearCells } from "./near-cells.ts";

/** Triangles with longer edges are kept without being looked at, mm. */
const USUAL_EDGE_MM = 0.8;

type Surface = { positions: Float32Array; indices: Uint32Array };

/**
 * The triangles of a surface that may have a point within a distance of one of the given points (x y z each): of two jaws a fifth, so
 * that what is then built over them costs a fifth. None that matters is left out.
 * @returns their indices, three each, numbered as before
 */
export function nearTriangles(points: Float32Array, { positions, indices }: Surface, limitMm: number): Uint32Array {
  const cells = new NearCells(measureBounds(points), limitMm + USUAL_EDGE_MM);
  cells.markAll(points);
  cells.widen();
  const isNear = new Uint8Array(positions.length / 3);
  for (let vertex = 0; vertex < isNear.length; vertex++) {
    const at = vertex * 3;
    if (cells.mayBeNear(positions[at]!, positions[at + 1]!, positions[at + 2]!)) isNear[vertex] = 1;
  }
  const kept = new Uint32Array(indices.length);
  let next = 0;
  for (let i = 0; i < indices.length; i += 3) {
    const a = indices[i]!;
    const b = indices[i + 1]!;
    const c = indices[i + 2]!;
    // Of a triangle within the limit every corner is at most an edge farther.
    if (isNear[a] === 0 && !isLong(positions, a, b) && !isLong(positions, a, c)) continue;
    kept[next] = a;
    kept[next + 1] = b;
    kept[next + 2] = c;
    next += 3;
  }
  return kept.slice(0, next);
}

function isLong(positions: Float32Array, from: number, to: number): boolean {
  const dx = positions[from * 3]! - positions[to * 3]!;
  const dy = positions[from * 3 + 1]! - positions[to * 3 + 1]!;
  const dz = positions[from * 3 + 2]! - positions[to * 3 + 2]!;
  return dx * dx + dy * dy + dz * dz > USUAL_EDGE_MM * USUAL_EDGE_MM;
}

/** Where a point may be within a distance of some triangles: look-ups of their corners, farther by their longest edge. */
export function cellsAround({ positions, indices }: Surface, limitMm: number): NearCells {
  const corners = new Float32Array(indices.length);
  let longest = 0;
  for (let i = 0; i < indices.length; i += 3) {
    const at = indices[i]! * 3;
    corners[i] = positions[at]!;
    corners[i + 1] = positions[at + 1]!;
    corners[i + 2] = positions[at + 2]!;
    for (let corner = 1; corner < 3; corner++) {
      const other = indices[i + corner]! * 3;
      const dx = positions[at]! - positions[other]!;
      const dy = positions[at + 1]! - positions[other + 1]!;
      const dz = positions[at + 2]! - positions[other + 2]!;
      longest = Math.max(longest, dx * dx + dy * dy + dz * dz);
    }
  }
  const cells = new NearCells(measureBounds(corners), limitMm + Math.sqrt(longest));
  cells.markAll(corners);
  cells.widen();
  return cells;
}
