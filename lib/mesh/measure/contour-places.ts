import type { Contour } from "./section-mesh.ts";

/** A point of a section's picture: x y in the plane's axes, mm. */
export type FlatPoint = readonly [number, number];

export interface PlaceOnContour {
  point: FlatPoint;
  /** From the point asked about, mm. */
  distance: number;
  /** Of length 1, into the material. */
  inward: FlatPoint;
}

/** How long a line is, mm. A closed one comes back to its first point, which stands at its end again. */
export function contourLength({ points }: Contour): number {
  let sum = 0;
  for (let i = 0; i + 3 < points.length; i += 2)
    sum += Math.hypot(points[i + 2]! - points[i]!, points[i + 3]! - points[i + 1]!);
  return sum;
}

/** The place on the lines nearest to a point; null without lines. */
export function nearestOnContours(contours: readonly Contour[], [x, y]: FlatPoint): PlaceOnContour | null {
  let best: PlaceOnContour | null = null;
  for (const { points } of contours) {
    for (let i = 0; i + 3 < points.length; i += 2) {
      const [ax, ay] = [points[i]!, points[i + 1]!];
      const [dx, dy] = [points[i + 2]! - ax, points[i + 3]! - ay];
      const squared = dx * dx + dy * dy;
      if (squared === 0) continue;
      const share = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
      const point: FlatPoint = [ax + dx * share, ay + dy * share];
      const distance = Math.hypot(point[0] - x, point[1] - y);
      if (best && distance >= best.distance) continue;
      const size = Math.sqrt(squared);
      best = { point, distance, inward: [-dy / size, dx / size] };
    }
  }
  return best;
}

/** Nearer than this a line is the one that was started from, mm. */
const OWN_WALL_MM = 1e-6;

/**
 * How thick the material is at a place on its surface: straight in, to the first wall on the other side.
 * @param contours the lines of the same scan
 * @returns null where the scan has no other side
 */
export function thicknessAt(
  contours: readonly Contour[],
  { point: [x, y], inward: [dx, dy] }: Pick<PlaceOnContour, "point" | "inward">,
): { to: FlatPoint; mm: number } | null {
  let mm = Number.POSITIVE_INFINITY;
  for (const { points } of contours) {
    for (let i = 0; i + 3 < points.length; i += 2) {
      const [ax, ay] = [points[i]! - x, points[i + 1]! - y];
      const [ex, ey] = [points[i + 2]! - points[i]!, points[i + 3]! - points[i + 1]!];
      const across = dx * ey - dy * ex;
      if (across === 0) continue;
      const along = (ax * ey - ay * ex) / across;
      const share = (ax * dy - ay * dx) / across;
      if (share >= 0 && share <= 1 && along > OWN_WALL_MM && along < mm) mm = along;
    }
  }
  return Number.isFinite(mm) ? { to: [x + dx * mm, y + dy * mm], mm } : null;
}
