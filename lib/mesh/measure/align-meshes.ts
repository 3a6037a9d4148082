import { Vector3 } from "three";
import { FAR } from "./closest-distances.ts";
import { crossOf, dotOf, minus, type Point, unit, vertexAt } from "./geometry.ts";
import type { MeasuredMesh } from "./measured-mesh.ts";
import { principalFrame } from "./principal-axes.ts";
import { composeMotions, motionOf, movePoint, type RigidMotion, STILL } from "./rigid-motion.ts";

export interface Alignment {
  motion: RigidMotion;
  /** Root mean square distance of what was matched, µm. */
  rmsUm: number;
  /** The share of the moved surface that lies on the other one, 0 … 1: what differs does not pull. */
  matched: number;
}

/** From every start a few steps, from the best ones more, from the very best to the end. */
const ROUNDS = [
  { samples: 200, steps: 12, kept: 4 },
  { samples: 400, steps: 40, kept: 1 },
] as const;
const FINE_SAMPLES = 4000;
const FINE_STEPS = 60;

/** Ways to turn a scan about its thinnest axis, to begin with; each on both of its sides. */
const TURNS = 8;

/** Pairs further apart than this many times the usual distance are a difference between the scans, not an error of place. */
const OUTLIER = 3;
/** Scans whose usual distance is larger do not lie on each other yet, mm. */
const FAR_FROM_HOME_MM = 0.25;
/** Nothing but the right place is as good as this over a whole scan, mm. */
const NEAR_MISS_MM = 0.1;
/** A point that misses by more misses altogether, mm. */
const MOST_MISS_MM = 1;
/** What counts as matched however well the rest fits, mm: a scanner's noise. */
const LEAST_REACH_MM = 0.03;

/** A step smaller than this ends the search: radians (0.05 µm at 50 mm) and mm. */
const STILL_TURN = 1e-9;
const STILL_SHIFT_MM = 1e-7;

/**
 * Lays one scan onto another one of the same teeth (iterative closest point, point to plane: Chen and Medioni 1992), wherever
 * it lies: starts from where it is and from the ways its principal axes fit, goes on with the best, and leaves out what
 * differs (a ground tooth, a longer gum).
 * @param moving x y z per vertex, mm
 * @param pause called every few milliseconds; what it throws ends the work
 */
export async function alignMeshes(
  moving: Float32Array,
  reference: MeasuredMesh,
  pause: () => Promise<void> = async () => {},
): Promise<Alignment> {
  let starts = (await liesAlready(moving, reference, pause)) ? [STILL] : startsOf(moving, reference.positions);
  for (const { samples, steps, kept } of ROUNDS) {
    const points = sampleOf(moving, samples);
    const scored: { motion: RigidMotion; miss: number }[] = [];
    for (const start of starts) {
      const { motion } = await settle(points, reference, start, steps, pause);
      scored.push({ motion, miss: missOf(pairsOf(points, reference, motion)) });
    }
    // Several starts end in the same place; it is worth going on from there once.
    const places = scored
      .toSorted((a, b) => a.miss - b.miss)
      .filter(({ motion }, i, all) => !all.slice(0, i).some((better) => isSamePlace(better.motion, motion)));
    starts = places.slice(0, kept).map(({ motion }) => motion);
  }
  return settle(sampleOf(moving, FINE_SAMPLES), reference, starts[0] ?? STILL, FINE_STEPS, pause);
}

/** Scans of one session share their axes: there is nothing to look for. */
async function liesAlready(
  moving: Float32Array,
  reference: MeasuredMesh,
  pause: () => Promise<void>,
): Promise<boolean> {
  const points = sampleOf(moving, ROUNDS[0].samples);
  const { motion } = await settle(points, reference, STILL, ROUNDS[0].steps, pause);
  return missOf(pairsOf(points, reference, motion)) < NEAR_MISS_MM;
}

/** As it lies, and its frame of principal axes on the other's: turned about the thinnest one, on either side. */
function startsOf(moving: Float32Array, fixed: Float32Array): RigidMotion[] {
  const [from, to] = [principalFrame(moving), principalFrame(fixed)];
  const starts = [STILL];
  for (let step = 0; step < TURNS; step++) {
    const angle = (step / TURNS) * 2 * Math.PI;
    for (const side of [1, -1]) {
      const wide = turnedBetween(from.axes[0], from.axes[1], angle);
      const across = turnedBetween(from.axes[0], from.axes[1], angle + (side * Math.PI) / 2);
      starts.push(motionBetween(from.centre, [wide, across, crossOf(wide, across)], to.centre, to.axes));
    }
  }
  return starts;
}

const SAME_TURN = 0.03;
const SAME_SHIFT_MM = 1;

function isSamePlace(a: RigidMotion, b: RigidMotion): boolean {
  const turned = a.rotation.some((value, i) => Math.abs(value - b.rotation[i]!) > SAME_TURN);
  return !turned && a.shift.every((value, i) => Math.abs(value - b.shift[i]!) < SAME_SHIFT_MM);
}

function turnedBetween(a: Point, b: Point, angle: number): Point {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [a[0] * cos + b[0] * sin, a[1] * cos + b[1] * sin, a[2] * cos + b[2] * sin];
}

/** Takes a middle to a middle and axes to axes. */
function motionBetween(fromCentre: Point, from: readonly Point[], toCentre: Point, to: readonly Point[]): RigidMotion {
  const cell = (row: number, column: number) => [0, 1, 2].reduce((sum, i) => sum + to[i]![row]! * from[i]![column]!, 0);
  const rotation = [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) => cell(row, column)),
  ) as unknown as RigidMotion["rotation"];
  return { rotation, shift: minus(toCentre, movePoint({ rotation, shift: [0, 0, 0] }, fromCentre)) };
}

interface Pair {
  at: Point;
  closest: Point;
  /** Of the reference's surface there. */
  normal: Point;
  distance: number;
}

function pairsOf(points: Float32Array, { positions, indices, tree }: MeasuredMesh, motion: RigidMotion): Pair[] {
  const asked = new Vector3();
  const pairs: Pair[] = [];
  for (let i = 0; i + 2 < points.length; i += 3) {
    const at = movePoint(motion, [points[i]!, points[i + 1]!, points[i + 2]!]);
    const hit = tree.closestPointToPoint(asked.set(...at));
    if (!hit) continue;
    const [a, b, c] = [0, 1, 2].map((k) => vertexAt(positions, indices[hit.faceIndex * 3 + k]!)) as [
      Point,
      Point,
      Point,
    ];
    const normal = unit(crossOf(minus(b, a), minus(c, a)));
    pairs.push({ at, closest: hit.point.toArray(), normal, distance: hit.distance });
  }
  return pairs;
}

async function settle(
  points: Float32Array,
  reference: MeasuredMesh,
  start: RigidMotion,
  steps: number,
  pause: () => Promise<void>,
): Promise<Alignment> {
  let motion = start;
  let alignment: Alignment = { motion, rmsUm: Number.POSITIVE_INFINITY, matched: 0 };
  for (let step = 0; step < steps; step++) {
    await pause();
    const pairs = pairsOf(points, reference, motion);
    // Far from home everything pulls; only near it can a difference between the scans be told from an error of place.
    const usual = medianOf(pairs.map(({ distance }) => distance));
    const reach = usual > FAR_FROM_HOME_MM ? FAR : Math.max(LEAST_REACH_MM, OUTLIER * usual);
    const matched = pairs.filter(({ distance }) => distance <= reach);
    const squares = matched.reduce((sum, { distance }) => sum + distance * distance, 0);
    alignment = {
      motion,
      rmsUm: 1000 * Math.sqrt(squares / Math.max(1, matched.length)),
      matched: matched.length / Math.max(1, pairs.length),
    };
    const next = stepOf(matched);
    if (!next) break;
    motion = composeMotions(next.motion, motion);
    if (next.turn < STILL_TURN && next.shift < STILL_SHIFT_MM) break;
  }
  return { ...alignment, motion };
}

/** The small motion that brings the points nearest to the planes they belong to; null where the planes do not say. */
function stepOf(pairs: readonly Pair[]): { motion: RigidMotion; turn: number; shift: number } | null {
  if (pairs.length < 6) return null;
  // About the points' middle: turns and shifts then hardly mix, which keeps the equations well-behaved.
  const middle = [0, 1, 2].map(
    (axis) => pairs.reduce((sum, { at }) => sum + at[axis]!, 0) / pairs.length,
  ) as unknown as Point;
  const matrix = new Float64Array(36);
  const right = new Float64Array(6);
  for (const { at, closest, normal } of pairs) {
    const row = [...crossOf(minus(at, middle), normal), ...normal];
    const gap = dotOf(minus(closest, at), normal);
    for (let i = 0; i < 6; i++) {
      right[i]! += row[i]! * gap;
      for (let j = 0; j < 6; j++) matrix[i * 6 + j]! += row[i]! * row[j]!;
    }
  }
  const solved = solve(matrix, right);
  if (!solved) return null;
  const [x, y, z, dx, dy, dz] = solved as unknown as [number, number, number, number, number, number];
  const aboutMiddle = motionOf([x, y, z], [0, 0, 0]);
  const shift = minus([middle[0] + dx, middle[1] + dy, middle[2] + dz], movePoint(aboutMiddle, middle));
  return {
    motion: { rotation: aboutMiddle.rotation, shift },
    turn: Math.hypot(x, y, z),
    shift: Math.hypot(dx, dy, dz),
  };
}

/** Six equations by Gauss' elimination with pivots; a little stiffness keeps flat surfaces solvable. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const size = right.length;
  const stiffness = 1e-12 * Math.max(...matrix.map(Math.abs));
  for (let i = 0; i < size; i++) matrix[i * size + i]! += stiffness;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++)
      if (Math.abs(matrix[row * size + column]!) > Math.abs(matrix[pivot * size + column]!)) pivot = row;
    const value = matrix[pivot * size + column]!;
    if (Math.abs(value) < 1e-300) return null;
    for (let k = 0; k < size; k++) swap(matrix, column * size + k, pivot * size + k);
    swap(right, column, pivot);
    for (let row = column + 1; row < size; row++) {
      const factor = matrix[row * size + column]! / value;
      for (let k = column; k < size; k++) matrix[row * size + k]! -= factor * matrix[column * size + k]!;
      right[row]! -= factor * right[column]!;
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) right[row]! -= matrix[row * size + k]! * right[k]!;
    right[row]! /= matrix[row * size + row]!;
  }
  return right;
}

function swap(values: Float64Array, a: number, b: number): void {
  const kept = values[a]!;
  values[a] = values[b]!;
  values[b] = kept;
}

function sampleOf(positions: Float32Array, most: number): Float32Array {
  const vertices = positions.length / 3;
  const count = Math.min(most, vertices);
  const sample = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) {
    const vertex = Math.floor((i * vertices) / count);
    sample.set(positions.subarray(vertex * 3, vertex * 3 + 3), i * 3);
  }
  return sample;
}

/** How badly scans lie on each other: the mean distance, of which no single point has more than a fixed share. mm */
function missOf(pairs: readonly Pair[]): number {
  return pairs.reduce((sum, { distance }) => sum + Math.min(distance, MOST_MISS_MM), 0) / Math.max(1, pairs.length);
}

function medianOf(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? 0;
}
