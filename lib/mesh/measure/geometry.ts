import type { Mesh } from "../mesh.ts";

/** A point or a direction: x y z, mm. */
export type Point = readonly [number, number, number];

export const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const plus = (a: Point, b: Point, factor = 1): Point => [
  a[0] + b[0] * factor,
  a[1] + b[1] * factor,
  a[2] + b[2] * factor,
];
export const dotOf = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const crossOf = (a: Point, b: Point): Point => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Length 1; a direction without length stays as it is. */
export function unit(a: Point): Point {
  const size = Math.hypot(...a);
  return size > 0 ? [a[0] / size, a[1] / size, a[2] / size] : a;
}

/** Vertex number `index` of `x y z` triples. */
export function vertexAt(positions: Float32Array, index: number): Point {
  return [positions[index * 3]!, positions[index * 3 + 1]!, positions[index * 3 + 2]!];
}

/** The angle at `at` between the ways to `a` and `b`, degrees. Exact for nearly straight and nearly closed ones as well. */
export function angleDegrees(a: Point, at: Point, b: Point): number {
  const [u, v] = [minus(a, at), minus(b, at)];
  return (Math.atan2(Math.hypot(...crossOf(u, v)), dotOf(u, v)) * 180) / Math.PI;
}

/**
 * The area vector of a triangle (twice its area long, towards its outside) into `into`, x y z: makes no garbage, for loops over meshes.
 * @param at where its three indices begin
 * @returns its length
 */
export function areaVector(positions: Mesh["positions"], indices: Uint32Array, at: number, into: Float64Array): number {
  const a = indices[at]! * 3;
  const b = indices[at + 1]! * 3;
  const c = indices[at + 2]! * 3;
  const ux = positions[b]! - positions[a]!;
  const uy = positions[b + 1]! - positions[a + 1]!;
  const uz = positions[b + 2]! - positions[a + 2]!;
  const vx = positions[c]! - positions[a]!;
  const vy = positions[c + 1]! - positions[a + 1]!;
  const vz = positions[c + 2]! - positions[a + 2]!;
  into[0] = uy * vz - uz * vy;
  into[1] = uz * vx - ux * vz;
  into[2] = ux * vy - uy * vx;
  return Math.sqrt(into[0]! * into[0]! + into[1]! * into[1]! + into[2]! * into[2]!);
}
