import type { Point } from "./geometry.ts";

/** A turn and then a shift: p ↦ R p + t. Rows of R, then t in mm. */
export interface RigidMotion {
  rotation: readonly [number, number, number, number, number, number, number, number, number];
  shift: Point;
}

export const STILL: RigidMotion = { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], shift: [0, 0, 0] };

export function movePoint({ rotation: r, shift: t }: RigidMotion, [x, y, z]: Point): Point {
  return [
    r[0] * x + r[1] * y + r[2] * z + t[0],
    r[3] * x + r[4] * y + r[5] * z + t[1],
    r[6] * x + r[7] * y + r[8] * z + t[2],
  ];
}

/** First `first`, then `then`. */
export function composeMotions(then: RigidMotion, first: RigidMotion): RigidMotion {
  const [a, b] = [then.rotation, first.rotation];
  const cell = (row: number, column: number) =>
    a[row * 3]! * b[column]! + a[row * 3 + 1]! * b[column + 3]! + a[row * 3 + 2]! * b[column + 6]!;
  return {
    rotation: [0, 1, 2].flatMap((row) =>
      [0, 1, 2].map((column) => cell(row, column)),
    ) as unknown as RigidMotion["rotation"],
    shift: movePoint(then, first.shift),
  };
}

/** The turn about an axis through the origin by the axis' length (radians), and a shift (Rodrigues). */
export function motionOf([x, y, z]: Point, shift: Point): RigidMotion {
  const angle = Math.hypot(x, y, z);
  if (angle < 1e-15) return { rotation: STILL.rotation, shift };
  const [u, v, w] = [x / angle, y / angle, z / angle];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const rest = 1 - cos;
  return {
    rotation: [
      cos + u * u * rest,
      u * v * rest - w * sin,
      u * w * rest + v * sin,
      v * u * rest + w * sin,
      cos + v * v * rest,
      v * w * rest - u * sin,
      w * u * rest - v * sin,
      w * v * rest + u * sin,
      cos + w * w * rest,
    ],
    shift,
  };
}

/** All points of `x y z` triples moved; a new array. */
export function movePositions(positions: Float32Array, motion: RigidMotion): Float32Array {
  const moved = new Float32Array(positions.length);
  for (let i = 0; i + 2 < positions.length; i += 3)
    moved.set(movePoint(motion, [positions[i]!, positions[i + 1]!, positions[i + 2]!]), i);
  return moved;
}

/** How far a motion turns, degrees. */
export function turnDegrees({ rotation: r }: RigidMotion): number {
  const sin = Math.hypot(r[7] - r[5], r[2] - r[6], r[3] - r[1]) / 2;
  return (Math.atan2(sin, (r[0] + r[4] + r[8] - 1) / 2) * 180) / Math.PI;
}
