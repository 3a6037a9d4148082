import { crossOf, dotOf, minus, type Point, plus, unit } from "../measure/geometry.ts";
import type { ScanShape } from "./describe-shape.ts";

/** How the patient's head lies in the scanner's axes. All of length 1, at right angles. */
export interface Orientation {
  /** Towards the upper jaw. */
  up: Point;
  /** Out of the mouth. */
  anterior: Point;
  /** The patient's right: on the viewer's left when looking at the face. */
  right: Point;
}

/** The shapes of the jaws, where there are any. */
export interface JawShapes {
  upper: ScanShape | null;
  lower: ScanShape | null;
}

const AXES: readonly Point[] = [
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  [0, 0, 1],
  [0, 0, -1],
];

/** What most scanners export: z towards the upper jaw, the face looking along −y. */
const USUAL_UP: Point = [0, 0, 1];

/** A nearly closed body says nothing about its base. */
const CLEAR_OPENING = 0.15;

/** Jaws in occlusion have their centres at least this far apart, mm. */
const CLEAR_SEPARATION = 3;

/** Scanners export along axes; an estimate this near to one (cosine) means that axis. */
const SNAP = Math.cos((30 * Math.PI) / 180);

const DIRECTIONS = 36;

/** Vertices of a jaw that vote for the front; more change nothing but the time it takes. */
const VOTERS = 400;

/** The share of the vertices that counts as an end of the arch. */
const END_SHARE = 0.15;

/** Points that differ by less along a direction lie equally far along it, mm: previews are rounded to a micrometre, sums to their last digit. */
const EQUALLY_FAR = 0.01;

/** How much wider the open end of a horseshoe must be than its front, compared with its overall spread. */
const CLEAR_HORSESHOE = 0.3;

/**
 * Finds up, front and right from the jaws themselves, because vendors and export settings differ in their axes.
 *
 * Up: an open scan's area vector points from its base through the crowns, which is down for the upper and up for the
 * lower jaw; two jaws are also checked against each other. Front: the arch is a horseshoe, narrow in front and wide
 * and open behind. Where the scans do not say (a quadrant, a closed model), the usual axes are assumed.
 */
export function estimateOrientation(jaws: JawShapes): Orientation {
  const up = estimateUp(jaws);
  const anterior = estimateAnterior(jaws, up) ?? usualAnterior(up);
  return { up, anterior, right: crossOf(anterior, up) };
}

function estimateUp({ upper, lower }: JawShapes): Point {
  const separation = upper && lower ? minus(centreOf(upper.samples), centreOf(lower.samples)) : ([0, 0, 0] as const);
  const apart = Math.hypot(...separation) > CLEAR_SEPARATION;
  const opening = minus(clearOpening(lower), clearOpening(upper));
  if (Math.hypot(...opening) > 0) {
    // Inside-out triangles turn the area vector round; the jaws' places do not lie.
    const contradicted = apart && dotOf(opening, separation) < 0;
    return snapToAxis(unit(contradicted ? minus([0, 0, 0], opening) : opening));
  }
  if (apart) return snapToAxis(unit(separation));
  return thinnestAxis(upper ?? lower) ?? USUAL_UP;
}

function clearOpening(jaw: ScanShape | null): Point {
  return jaw && Math.hypot(...jaw.opening) > CLEAR_OPENING ? jaw.opening : [0, 0, 0];
}

/** A jaw is wide and deep but not tall. */
function thinnestAxis(jaw: ScanShape | null): Point | null {
  if (!jaw || jaw.samples.length === 0) return null;
  const spreads = [0, 1, 2].map((axis) => spreadOf(jaw.samples.filter((_, i) => i % 3 === axis)));
  const thinnest = spreads.indexOf(Math.min(...spreads));
  return AXES[thinnest * 2] ?? null;
}

function estimateAnterior({ upper, lower }: JawShapes, up: Point): Point | null {
  const first = unit(flatten(Math.abs(up[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0], up));
  const second = crossOf(up, first);
  const points = [upper, lower].flatMap((jaw) => (jaw ? [project(jaw.samples, first, second)] : []));
  if (points.length === 0) return null;
  let best = { score: 0, angle: 0 };
  for (let step = 0; step < DIRECTIONS; step++) {
    const angle = (step / DIRECTIONS) * 2 * Math.PI;
    const score = Math.min(...points.map((jaw) => horseshoeScore(jaw, Math.cos(angle), Math.sin(angle))));
    if (score > best.score) best = { score, angle };
  }
  if (best.score < CLEAR_HORSESHOE) return null;
  const { cos, sin } = { cos: Math.cos(best.angle), sin: Math.sin(best.angle) };
  const direction: Point = [
    first[0] * cos + second[0] * sin,
    first[1] * cos + second[1] * sin,
    first[2] * cos + second[2] * sin,
  ];
  return unit(flatten(snapToAxis(direction), up));
}

interface FlatPoints {
  x: Float32Array;
  y: Float32Array;
}

function project(samples: Float32Array, first: Point, second: Point): FlatPoints {
  const vertices = samples.length / 3;
  const count = Math.min(VOTERS, vertices);
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const at = Math.floor((i * vertices) / count) * 3;
    const point: Point = [samples[at]!, samples[at + 1]!, samples[at + 2]!];
    x[i] = dotOf(point, first);
    y[i] = dotOf(point, second);
  }
  return { x, y };
}

/** High when the points seen along (cos, sin) are narrow at the far end, wide at the near one, and both in line. */
function horseshoeScore({ x, y }: FlatPoints, cos: number, sin: number): number {
  const along = x.map((value, i) => value * cos + y[i]! * sin);
  const across = x.map((value, i) => y[i]! * cos - value * sin);
  const sorted = along.toSorted();
  const behind = sorted[Math.floor(sorted.length * END_SHARE)]!;
  const front = sorted[Math.floor(sorted.length * (1 - END_SHARE))]!;
  const frontEnd = across.filter((_, i) => along[i]! >= front - EQUALLY_FAR);
  const openEnd = across.filter((_, i) => along[i]! <= behind + EQUALLY_FAR);
  const overall = spreadOf(across);
  if (overall === 0 || frontEnd.length === 0 || openEnd.length === 0) return 0;
  const skew = Math.abs(meanOf(openEnd) - meanOf(frontEnd));
  return (spreadOf(openEnd) - spreadOf(frontEnd) - 0.5 * skew) / overall;
}

function usualAnterior(up: Point): Point {
  // With y towards the upper jaw (common for OBJ), faces look along +z.
  const usual: Point = Math.abs(up[1]) > 0.9 ? [0, 0, 1] : [0, -1, 0];
  return unit(flatten(usual, up));
}

function snapToAxis(direction: Point): Point {
  return AXES.find((axis) => dotOf(axis, direction) > SNAP) ?? direction;
}

function centreOf(samples: Float32Array): Point {
  const sum: [number, number, number] = [0, 0, 0];
  for (let i = 0; i + 2 < samples.length; i += 3) {
    sum[0] += samples[i]!;
    sum[1] += samples[i + 1]!;
    sum[2] += samples[i + 2]!;
  }
  const vertices = Math.max(3, samples.length) / 3;
  return [sum[0] / vertices, sum[1] / vertices, sum[2] / vertices];
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / Math.max(1, values.length);
}

/** Standard deviation. */
function spreadOf(values: Float32Array): number {
  const mean = meanOf(values);
  let sum = 0;
  for (const value of values) sum += (value - mean) ** 2;
  return Math.sqrt(sum / Math.max(1, values.length));
}

/** What is left of `a` in the plane that `normal` (length 1) stands on. */
function flatten(a: Point, normal: Point): Point {
  return plus(a, normal, -dotOf(a, normal));
}
