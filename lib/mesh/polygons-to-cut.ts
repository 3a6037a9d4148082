import type { GrowingIndices } from "./growing-arrays.ts";
import { triangulatePolygon } from "./triangulate.ts";

/** Cutting takes up to the cube of the corners: beyond this much altogether, faces stay fans, and no file takes seconds. */
const MOST_CUTTING = 2e8;

/**
 * The faces of a file that have more than three corners. While reading they are written as fans; they are cut rightly when all vertices
 * are known, for a face may come before its vertices.
 */
export class PolygonsToCut {
  /** Where their triangles begin among the indices. */
  private readonly polygons: { at: number; corners: number[] }[] = [];
  private cutting = 0;

  /** Notes the face of so many corners whose fan stands at the end of the indices. */
  note(indices: GrowingIndices, count: number): void {
    if (count <= 3) return;
    this.cutting += count ** 3;
    if (this.cutting > MOST_CUTTING) return;
    const at = indices.length - (count - 2) * 3;
    const fan = indices.view().subarray(at);
    const corners = [fan[0]!, fan[1]!];
    for (let i = 2; i < fan.length; i += 3) corners.push(fan[i]!);
    this.polygons.push({ at, corners });
  }

  /** Puts the triangles in the fans' places. */
  cut(positions: ArrayLike<number>, indices: Uint32Array): void {
    for (const { at, corners } of this.polygons) indices.set(triangulatePolygon(positions, corners), at);
  }
}
