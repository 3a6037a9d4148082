import { Vector3 } from "three";
import type { Vector } from "#components/scan-viewer/vector.ts";
import type { Orientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import type { FramedPoints } from "./camera-pose.ts";

/** Free space between the scans and a letter, mm. */
const GAP_MM = 6;
/** Where the letters stand without scans, mm from the middle. */
const HALF_ARCH_MM = 30;

interface Extent {
  min: number;
  max: number;
}

/** Where R and L stand: beside everything shown, at mid-height, level with the middle of the arch. */
export function placeLetters(
  framed: readonly FramedPoints[],
  orientation: Orientation,
): { right: Vector3; left: Vector3 } {
  const across = extentAlong(orientation.right, framed);
  const forward = extentAlong(orientation.anterior, framed);
  const upward = extentAlong(orientation.up, framed);
  const at = (side: number) =>
    new Vector3(...orientation.right)
      .multiplyScalar(side)
      .addScaledVector(new Vector3(...orientation.anterior), (forward.min + forward.max) / 2)
      .addScaledVector(new Vector3(...orientation.up), (upward.min + upward.max) / 2);
  return { right: at(across.max + GAP_MM), left: at(across.min - GAP_MM) };
}

function extentAlong([x, y, z]: Vector, framed: readonly FramedPoints[]): Extent {
  let min = Infinity;
  let max = -Infinity;
  for (const { points, offset } of framed) {
    const moved = offset.x * x + offset.y * y + offset.z * z;
    for (let i = 0; i + 2 < points.length; i += 3) {
      const along = points[i]! * x + points[i + 1]! * y + points[i + 2]! * z + moved;
      if (along < min) min = along;
      if (along > max) max = along;
    }
  }
  return min <= max ? { min, max } : { min: -HALF_ARCH_MM, max: HALF_ARCH_MM };
}
