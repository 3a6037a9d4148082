import type { Bounds } from "../mesh.ts";

/** Smaller cells would tell more places apart and cost more to mark, mm. */
const CELL_MM = 0.8;
/** Cells along the longest side at most, so that a huge scan has larger ones. */
const MOST_ALONG = 200;

/**
 * Which places may lie within a distance of some points: a grid of cells, one look-up instead of a search. Says "maybe" a
 * little too often and never "no" wrongly. Mark first, then `widen`, then ask.
 */
export class NearCells {
  private readonly origin: readonly [number, number, number];
  private readonly size: readonly [number, number, number];
  private readonly cellMm: number;
  private readonly margin: number;
  private readonly limitMm: number;
  /** 1: marked; after widening, within the limit of what was marked. */
  private cells: Uint8Array;

  /** @param bounds around everything that will be marked */
  constructor({ min, max }: Bounds, limitMm: number) {
    const longest = Math.max(...max.map((value, axis) => value - min[axis]!)) + 2 * limitMm;
    this.limitMm = limitMm;
    this.cellMm = Math.max(CELL_MM, longest / MOST_ALONG);
    // A free cell on each side: what a rounding puts outside the bounds still has a place.
    this.margin = Math.ceil(limitMm / this.cellMm) + 1;
    this.origin = min.map((value) => value - this.margin * this.cellMm) as unknown as NearCells["origin"];
    const along = (axis: number) => Math.floor((max[axis]! - min[axis]!) / this.cellMm) + 1 + 2 * this.margin;
    this.size = [along(0), along(1), along(2)];
    this.cells = new Uint8Array(this.size[0] * this.size[1] * this.size[2]);
  }

  /** @param points x y z each, inside the bounds */
  markAll(points: Float32Array): void {
    for (let i = 0; i + 2 < points.length; i += 3)
      this.cells[this.cellOf(points[i]!, points[i + 1]!, points[i + 2]!)] = 1;
  }

  /** Everything within the limit of a marked cell is marked as well. */
  widen(): void {
    const [columns, rows] = this.size;
    const gap = (steps: number) => Math.max(0, Math.abs(steps) - 1) * this.cellMm;
    const offsets: number[] = [];
    for (let z = -this.margin; z <= this.margin; z++)
      for (let y = -this.margin; y <= this.margin; y++)
        for (let x = -this.margin; x <= this.margin; x++)
          if (Math.hypot(gap(x), gap(y), gap(z)) <= this.limitMm) offsets.push((z * rows + y) * columns + x);
    const near = new Uint8Array(this.cells.length);
    for (let cell = 0; cell < near.length; cell++) {
      if (this.cells[cell] === 0) continue;
      for (let i = 0; i < offsets.length; i++) near[cell + offsets[i]!] = 1;
    }
    this.cells = near;
  }

  /** False only when nothing that was marked is within the limit. */
  mayBeNear(x: number, y: number, z: number): boolean {
    const cell = this.cellOf(x, y, z);
    return cell >= 0 && this.cells[cell] === 1;
  }

  /** -1 outside the grid. */
  private cellOf(x: number, y: number, z: number): number {
    const [columns, rows, layers] = this.size;
    const column = Math.floor((x - this.origin[0]) / this.cellMm);
    const row = Math.floor((y - this.origin[1]) / this.cellMm);
    const layer = Math.floor((z - this.origin[2]) / this.cellMm);
    if (column < 0 || row < 0 || layer < 0 || column >= columns || row >= rows || layer >= layers) return -1;
    return (layer * rows + row) * columns + column;
  }
}
