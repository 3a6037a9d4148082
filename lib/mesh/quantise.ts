import { measureBounds } from "./measure-bounds.ts";
import type { Bounds } from "./mesh.ts";

/** A regular grid: position in mm = offset + scale × whole number. */
export interface Grid {
  scale: [number, number, number];
  offset: [number, number, number];
}

export interface QuantisedPositions {
  /** x y z 0 per vertex: four values, because eight bytes is what graphics hardware and the codec want. */
  values: Uint16Array;
  grid: Grid;
  /** The largest distance between a vertex and its stored place, measured over all vertices, µm. */
  maxErrorUm: number;
}

/** `full`: as exact as 16 bits allow, no finer than useful. `low`: 12 bits, for the first picture. */
export type QuantisationLevel = "full" | "low";

const FULL_STEPS = 0xffff;
const LOW_STEPS = 0x0fff;

/** The full mesh promises one micrometre; the rest is room for 32-bit arithmetic in the reader. */
const FULL_ERROR_MM = 0.00099;

/**
 * Places every vertex on a grid and measures what that costs.
 * @param positions x y z per vertex, mm, all finite
 */
export function quantisePositions(
  positions: Float32Array | Float64Array,
  level: QuantisationLevel,
): QuantisedPositions {
  const bounds = measureBounds(positions);
  const grid = level === "full" ? chooseFullGrid(bounds) : chooseLowGrid(bounds);
  const steps = level === "full" ? FULL_STEPS : LOW_STEPS;
  const [scaleX, scaleY, scaleZ] = grid.scale;
  const [offsetX, offsetY, offsetZ] = grid.offset;
  const count = positions.length / 3;
  const values = new Uint16Array(count * 4);
  let worst = 0;
  for (let vertex = 0, from = 0, to = 0; vertex < count; vertex++, from += 3, to += 4) {
    const x = positions[from]!;
    const y = positions[from + 1]!;
    const z = positions[from + 2]!;
    const qx = Math.min(steps, Math.round((x - offsetX) / scaleX));
    const qy = Math.min(steps, Math.round((y - offsetY) / scaleY));
    const qz = Math.min(steps, Math.round((z - offsetZ) / scaleZ));
    values[to] = qx;
    values[to + 1] = qy;
    values[to + 2] = qz;
    // Compared with what the reader will compute, rounding to 32 bits included.
    const dx = Math.fround(offsetX + qx * scaleX) - x;
    const dy = Math.fround(offsetY + qy * scaleY) - y;
    const dz = Math.fround(offsetZ + qz * scaleZ) - z;
    const squared = dx * dx + dy * dy + dz * dz;
    if (squared > worst) worst = squared;
  }
  return { values, grid, maxErrorUm: Math.sqrt(worst) * 1000 };
}

function extentsOf(bounds: Bounds): [number, number, number] {
  return [bounds.max[0] - bounds.min[0], bounds.max[1] - bounds.min[1], bounds.max[2] - bounds.min[2]];
}

/** One step for all axes, so that the longest just fits into 12 bits. */
function chooseLowGrid(bounds: Bounds): Grid {
  const step = positiveStep(Math.max(...extentsOf(bounds)) / LOW_STEPS);
  return { scale: [step, step, step], offset: bounds.min };
}

/**
 * The coarsest steps that keep every vertex within the promised error: finer ones would only cost bytes.
 * An error is half a step on each axis, so the steps may have the squared sum (2 × error)². A scan up to 75 mm gets
 * one step for all axes; on a larger one the long axes take what 16 bits can reach and the short ones make up for it.
 */
function chooseFullGrid(bounds: Bounds): Grid {
  const needed = extentsOf(bounds).map((extent) => extent / FULL_STEPS);
  const budget = (2 * FULL_ERROR_MM) ** 2;
  const forced = new Set<number>();
  let even = Math.sqrt(budget / 3);
  for (let round = 0; round < 3; round++) {
    for (let axis = 0; axis < 3; axis++) if (needed[axis]! > even) forced.add(axis);
    const spent = [...forced].reduce((sum, axis) => sum + needed[axis]! ** 2, 0);
    if (forced.size === 0 || forced.size === 3) break;
    // Beyond reach (over 110 mm and more): the smallest sensible step, and the measured error tells the truth.
    even = Math.sqrt(Math.max(budget - spent, budget / 12) / (3 - forced.size));
  }
  const step = (axis: number) => positiveStep(forced.has(axis) ? needed[axis]! : even);
  return { scale: [step(0), step(1), step(2)], offset: bounds.min };
}

/** A flat or empty mesh has no extent; any step will do, but not zero. */
function positiveStep(step: number): number {
  return step > 0 ? step : 1e-3;
}
