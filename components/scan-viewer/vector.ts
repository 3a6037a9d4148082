/** Just enough vector arithmetic for the parts that run without three (workers, tests). */
export type Vector = readonly [number, number, number];

export const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vector, factor: number): Vector => [a[0] * factor, a[1] * factor, a[2] * factor];
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const length = (a: Vector): number => Math.hypot(a[0], a[1], a[2]);

export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Length 1; a vector without length stays as it is. */
export function normalise(a: Vector): Vector {
  const size = length(a);
  return size > 0 ? scale(a, 1 / size) : a;
}

/** What is left of `a` in the plane that `normal` (length 1) stands on. */
export const flatten = (a: Vector, normal: Vector): Vector => subtract(a, scale(normal, dot(a, normal)));
