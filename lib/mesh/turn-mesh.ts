import type { Bounds } from "./mesh.ts";
import type { PreviewMesh } from "./read-preview.ts";

type SignedAxis = "x" | "-x" | "y" | "-y" | "z" | "-z";
/** x, y and z of the turned mesh, each as an axis of the given one. */
export type Axes = readonly [SignedAxis, SignedAxis, SignedAxis];

const LARGEST_STEP = 65_535;

/**
 * The mesh as it lies after its axes were exchanged or turned round, exact to the grid step: nothing is rounded again. Where that
 * mirrors it, the triangles are wound the other way, so that outside stays outside. Works in place; null changes nothing.
 */
export function turnMesh(mesh: PreviewMesh, axes: Axes | null): PreviewMesh {
  if (!axes) return mesh;
  const from = axes.map((axis) => "xyz".indexOf(axis.replace("-", "")));
  const isBack = axes.map((axis) => axis.startsWith("-"));
  const { positions, quantised, scale, offset, bounds, indices } = mesh;
  for (let at = 0; at < positions.length; at += 3) turnThree(positions, at, from, isBack, 0);
  for (let at = 0; at < quantised.length; at += 4) turnThree(quantised, at, from, isBack, LARGEST_STEP);
  if (isMirror(from, isBack))
    for (let at = 0; at < indices.length; at += 3)
      [indices[at + 1], indices[at + 2]] = [indices[at + 2]!, indices[at + 1]!];
  const pick = (values: readonly number[], to: number) => values[from[to]!]!;
  const each = (make: (to: number) => number) => [0, 1, 2].map(make) as [number, number, number];
  return {
    ...mesh,
    scale: each((to) => pick(scale, to)),
    offset: each((to) => (isBack[to] ? -(pick(offset, to) + pick(scale, to) * LARGEST_STEP) : pick(offset, to))),
    bounds: turnBounds(bounds, axes),
  };
}

/** The box of a turned mesh. */
export function turnBounds(bounds: Bounds, axes: Axes | null): Bounds {
  if (!axes) return bounds;
  const ends = axes.map((axis) => {
    const from = "xyz".indexOf(axis.replace("-", ""));
    const [min, max] = [bounds.min[from]!, bounds.max[from]!];
    return axis.startsWith("-") ? { min: -max, max: -min } : { min, max };
  });
  const each = (pick: (end: { min: number; max: number }) => number) => ends.map(pick) as [number, number, number];
  return { min: each(({ min }) => min), max: each(({ max }) => max) };
}

/** @param turnedFrom what a value that is turned round is taken from */
function turnThree(
  values: Float32Array | Uint16Array,
  at: number,
  from: readonly number[],
  isBack: readonly boolean[],
  turnedFrom: number,
): void {
  const three = [values[at]!, values[at + 1]!, values[at + 2]!];
  for (let to = 0; to < 3; to++) {
    const value = three[from[to]!]!;
    values[at + to] = isBack[to] ? turnedFrom - value : value;
  }
}

function isMirror(from: readonly number[], isBack: readonly boolean[]): boolean {
  const isCyclic = (from[1]! - from[0]! + 3) % 3 === 1;
  return (isBack.filter(Boolean).length % 2 === 1) === isCyclic;
}
