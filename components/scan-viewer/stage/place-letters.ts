import { Vector3 } from "three";
import type { Orientation } from "#components/scan-viewer/estimate-orientation.ts";
import type { FramedPoints } from "./camera-pose.ts";

/** Free space between the scans and a letter, mm. */
const GAP_MM = 6;

/** Where R and L stand: beside everything shown, at mid-height, level with the middle of the arch. */
export function placeLetters(
  framed: readonly FramedPoints[],
  orientation: Orientation,
): { right: Vector3; left: Vector3 } {
  const axes = [orientation.right, orientation.anterior, orientation.up].map((axis) => new Vector3(...axis));
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  const point = new Vector3();
  for (const { points, offset } of framed) {
    for (let i = 0; i + 2 < points.length; i += 3) {
      point.fromArray(points, i).add(offset);
      axes.forEach((axis, k) => {
        const along = axis.dot(point);
        min[k] = Math.min(min[k]!, along);
        max[k] = Math.max(max[k]!, along);
      });
    }
  }
  const known = Number.isFinite(min[0]);
  const middle = (k: number) => (known ? (min[k]! + max[k]!) / 2 : 0);
  const at = (side: number) =>
    axes[0]!.clone().multiplyScalar(side).addScaledVector(axes[1]!, middle(1)).addScaledVector(axes[2]!, middle(2));
  return { right: at((known ? max[0]! : 30) + GAP_MM), left: at((known ? min[0]! : -30) - GAP_MM) };
}
