import type { Shade } from "./shade-stone.ts";

/** Pixels with depth, into which triangles are filled. Transparent where nothing was drawn. */
export class Raster {
  readonly width: number;
  readonly height: number;
  private readonly nearest: Float32Array;
  /** r g b per pixel, 0-255 */
  private readonly colours: Uint8ClampedArray;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.nearest = new Float32Array(width * height);
    this.colours = new Uint8ClampedArray(width * height * 3);
  }

  /**
   * Fills triangles, both sides, the nearest one seen.
   * @param places x y (pixels) and nearness (larger is nearer, above 0) per vertex
   * @param looks four values per vertex, mixed over a triangle: normal x y z and crease
   */
  fill(places: Float32Array, looks: Float32Array, indices: Uint32Array, shade: Shade): void {
    for (let i = 0; i + 2 < indices.length; i += 3) {
      this.fillTriangle(places, looks, [indices[i]!, indices[i + 1]!, indices[i + 2]!], shade);
    }
  }

  private fillTriangle(
    places: Float32Array,
    looks: Float32Array,
    [a, b, c]: [number, number, number],
    shade: Shade,
  ): void {
    const { width } = this;
    const [ax, ay, an] = [places[a * 3]!, places[a * 3 + 1]!, places[a * 3 + 2]!];
    const [bx, by, bn] = [places[b * 3]!, places[b * 3 + 1]!, places[b * 3 + 2]!];
    const [cx, cy, cn] = [places[c * 3]!, places[c * 3 + 1]!, places[c * 3 + 2]!];
    // Rows run downwards, so a triangle that is counter-clockwise in the world has a negative area here.
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (area === 0) return;
    const facing = area < 0 ? 1 : -1;
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
    const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
    const bottom = Math.min(this.height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
    // Shares of the corners change by the same step from pixel to pixel.
    const stepA = (by - cy) / area;
    const stepB = (cy - ay) / area;
    for (let y = top; y <= bottom; y++) {
      const [px, py] = [left + 0.5, y + 0.5];
      let shareA = ((bx - px) * (cy - py) - (by - py) * (cx - px)) / area;
      let shareB = ((cx - px) * (ay - py) - (cy - py) * (ax - px)) / area;
      for (let x = left; x <= right; x++, shareA += stepA, shareB += stepB) {
        const shareC = 1 - shareA - shareB;
        if (shareA < 0 || shareB < 0 || shareC < 0) continue;
        const near = shareA * an + shareB * bn + shareC * cn;
        const pixel = y * width + x;
        if (near <= this.nearest[pixel]!) continue;
        this.nearest[pixel] = near;
        const nx = shareA * looks[a * 4]! + shareB * looks[b * 4]! + shareC * looks[c * 4]!;
        const ny = shareA * looks[a * 4 + 1]! + shareB * looks[b * 4 + 1]! + shareC * looks[c * 4 + 1]!;
        const nz = shareA * looks[a * 4 + 2]! + shareB * looks[b * 4 + 2]! + shareC * looks[c * 4 + 2]!;
        const crease = shareA * looks[a * 4 + 3]! + shareB * looks[b * 4 + 3]! + shareC * looks[c * 4 + 3]!;
        // Slivers may be folded over; where the surface as a whole faces the viewer, they do as well.
        shade(this.colours, pixel * 3, nx, ny, nz, crease, facing > 0 || nz > 0.05 ? 1 : -1);
      }
    }
  }

  /** The mean of each `finer` × `finer` pixels as r g b a; what nothing was drawn on is transparent, edges partly. */
  average(finer: number): Uint8Array {
    const [columns, rows] = [this.width / finer, this.height / finer];
    const rgba = new Uint8Array(columns * rows * 4);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let [red, green, blue, drawn] = [0, 0, 0, 0];
        for (let y = row * finer; y < (row + 1) * finer; y++) {
          for (let x = column * finer; x < (column + 1) * finer; x++) {
            const pixel = y * this.width + x;
            if (this.nearest[pixel] === 0) continue;
            red += this.colours[pixel * 3]!;
            green += this.colours[pixel * 3 + 1]!;
            blue += this.colours[pixel * 3 + 2]!;
            drawn++;
          }
        }
        if (drawn === 0) continue;
        const alpha = (255 * drawn) / (finer * finer);
        rgba.set([red / drawn, green / drawn, blue / drawn, alpha], (row * columns + column) * 4);
      }
    }
    return rgba;
  }
}
