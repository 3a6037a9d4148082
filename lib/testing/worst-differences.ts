import type { createAnswers } from "#components/scan-viewer/measuring/answer-questions.ts";
import { NO_VALUE } from "#components/scan-viewer/measuring/measure-messages.ts";
import { measuredValue } from "#components/scan-viewer/viewer-state.ts";
import {
  hitByBruteForce,
  lengthOf,
  nearestByBruteForce,
  type PlainMesh,
  sectionLengthByBruteForce,
} from "#lib/mesh/measure/brute-force.ts";
import { contourLength } from "#lib/mesh/measure/contour-places.ts";
import { angleDegrees, crossOf, minus, type Point, plus, unit, vertexAt } from "#lib/mesh/measure/geometry.ts";
import { steadyNumbers } from "#lib/mesh/measure/sample-surfaces.ts";
import { sectionPlane } from "#lib/mesh/measure/section-mesh.ts";

/** A jaw as the viewer asks about it, and its original. */
export interface ComparedJaw {
  url: string;
  original: PlainMesh;
  /** The preview that `url` serves. */
  shown: PlainMesh;
}

/** The largest differences between what the viewer says and brute force on the originals, mm. */
export interface WorstDifferences {
  distance: number;
  /** As far as the error of an angle moves the end of its shorter leg. */
  angle: number;
  surface: number;
  /** Of whole sections, from brute force on the preview. */
  section: number;
  /** The largest such difference from the original in 90 of 100 sections: where a plane only grazes a rough scan, a micrometre of it is many of its line. */
  sectionOfOriginal: number;
  occlusal: number;
}

const LIMIT_MM = 2;
/** A click whose place changes by over four times as much when it moves by this is on an outline: two micrometres are then millimetres. */
const BESIDE_MM = 0.002;

/**
 * Asks the viewer's own answers about random clicks, planes and vertices of two jaws, and works the same out triangle by triangle.
 * Left out is only what is not known to 10 µm in the original either: clicks on an outline.
 * @param answers what the measuring worker answers with
 */
export async function worstDifferences(
  answers: ReturnType<typeof createAnswers>,
  jaws: readonly [ComparedJaw, ComparedJaw],
  samples: number,
): Promise<WorstDifferences> {
  const random = steadyNumbers(11);
  const picked = await pickPoints(answers, jaws, samples + 2, random);
  const worst = { distance: 0, angle: 0, surface: 0 };
  const target = (at: number) => ({ scanId: String(at), url: jaws[at]!.url });
  for (let i = 0; i < samples; i++) {
    const [a, b, c] = [picked[i]!, picked[i + 1]!, picked[i + 2]!];
    const asked = [a, b, c].map(({ viewer, jaw }) => ({ scanId: String(jaw), point: viewer }));
    const distance = measuredValue({ kind: "distance", points: asked.slice(0, 2) });
    worst.distance = Math.max(worst.distance, Math.abs(distance - lengthOf(minus(a.exact, b.exact))));
    const turned = measuredValue({ kind: "angle", points: asked }) - angleDegrees(a.exact, b.exact, c.exact);
    const leg = Math.min(lengthOf(minus(a.exact, b.exact)), lengthOf(minus(c.exact, b.exact)));
    worst.angle = Math.max(worst.angle, ((Math.abs(turned) * Math.PI) / 180) * leg);
    const other = 1 - a.jaw;
    const { hit } = (await answers.nearest({ point: a.viewer, targets: [target(other)] }, async () => {})) ?? {};
    if (!hit) throw new Error("There is always a nearest point.");
    const exact = nearestByBruteForce(jaws[other]!.original, a.exact).mm;
    worst.surface = Math.max(worst.surface, Math.abs(lengthOf(minus(hit.point, a.viewer)) - exact));
  }
  const sections = await sectionDifferences(answers, jaws, samples, random);
  return { ...worst, ...sections, occlusal: await occlusalDifference(answers, jaws, samples, random) };
}

interface PickedTwice {
  jaw: number;
  viewer: Point;
  exact: Point;
}

/** Clicks from all sides that meet a jaw, as the viewer picks them and as they are. */
async function pickPoints(
  answers: ReturnType<typeof createAnswers>,
  jaws: readonly [ComparedJaw, ComparedJaw],
  count: number,
  random: () => number,
): Promise<PickedTwice[]> {
  const picked: PickedTwice[] = [];
  const targets = jaws.map(({ url }, at) => ({ scanId: String(at), url, offset: [0, 0, 0] as const }));
  while (picked.length < count) {
    const through = plus(randomVertex(jaws[picked.length % 2]!.original, random), randomWay(random), random());
    const direction = unit(randomWay(random));
    const origin = plus(through, direction, -200);
    const exact = steadyHit(jaws, origin, direction);
    if (!exact) continue;
    const { hit } = await answers.pick({ origin, direction, targets }, async () => {});
    if (!hit) throw new Error("The viewer missed what brute force met.");
    picked.push({ jaw: exact.jaw, viewer: hit.point, exact: exact.point });
  }
  return picked;
}

/** Where a ray first meets a jaw; null where it misses, or where a ray beside it meets something else. */
function steadyHit(
  jaws: readonly ComparedJaw[],
  origin: Point,
  direction: Point,
): { jaw: number; point: Point } | null {
  const across = unit(crossOf(direction, Math.abs(direction[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]));
  const along = crossOf(direction, across);
  const hitFrom = (from: Point) => {
    const hits = jaws.map(({ original }, jaw) => ({ jaw, point: hitByBruteForce(original, from, direction) }));
    const met = hits.flatMap(({ jaw, point }) => (point ? [{ jaw, point, mm: lengthOf(minus(point, from)) }] : []));
    return met.toSorted((a, b) => a.mm - b.mm)[0] ?? null;
  };
  const hit = hitFrom(origin);
  if (!hit) return null;
  for (const side of [across, along])
    for (const way of [-BESIDE_MM, BESIDE_MM]) {
      const beside = hitFrom(plus(origin, side, way));
      if (!beside || lengthOf(minus(beside.point, hit.point)) > 4 * BESIDE_MM) return null;
    }
  return hit;
}

async function sectionDifferences(
  answers: ReturnType<typeof createAnswers>,
  jaws: readonly [ComparedJaw, ComparedJaw],
  samples: number,
  random: () => number,
): Promise<Pick<WorstDifferences, "section" | "sectionOfOriginal">> {
  let worst = 0;
  const fromOriginal: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const { original, shown, url } = jaws[sample % 2]!;
    const plane = sectionPlane(randomVertex(original, random), randomWay(random), [0, 0, 1]);
    const { lines } = await answers.section({ plane, targets: [{ scanId: "", url }] }, async () => {});
    const said = lines.flatMap(({ contours }) => contours).reduce((sum, line) => sum + contourLength(line), 0);
    const differenceFrom = (mesh: PlainMesh) =>
      Math.abs(said - sectionLengthByBruteForce(mesh, plane.origin, plane.normal));
    worst = Math.max(worst, differenceFrom(shown));
    fromOriginal.push(differenceFrom(original));
  }
  const sorted = fromOriginal.toSorted((a, b) => a - b);
  return { section: worst, sectionOfOriginal: sorted[Math.floor(sorted.length * 0.9)]! };
}

/** Of vertices of the map, one in two near the other jaw. */
async function occlusalDifference(
  answers: ReturnType<typeof createAnswers>,
  jaws: readonly [ComparedJaw, ComparedJaw],
  samples: number,
  random: () => number,
): Promise<number> {
  const target = (at: number) => ({ scanId: String(at), url: jaws[at]!.url, low: null });
  const { maps } = await answers.contacts({ targets: [target(0), target(1)], limitMm: LIMIT_MM }, async () => {});
  let worst = 0;
  for (let sample = 0; sample < samples; sample++) {
    const at = sample % 2;
    const [{ original, shown }, other] = [jaws[at]!, jaws[1 - at]!];
    const values = maps[at]!.full;
    const wantsNear = sample % 4 < 2;
    let vertex = Math.floor(random() * values.length);
    for (let tries = 0; wantsNear && values[vertex] === NO_VALUE && tries < values.length; tries++)
      vertex = (vertex + 1) % values.length;
    // The vertex as it was before the preview rounded it.
    const exact = nearestByBruteForce(other.original, nearestVertex(original, vertexAt(shown.positions, vertex))).mm;
    const value = values[vertex]!;
    const difference = value === NO_VALUE ? Math.max(0, LIMIT_MM - exact) : Math.abs(Math.abs(value) - exact);
    worst = Math.max(worst, difference);
  }
  return worst;
}

function nearestVertex({ positions }: PlainMesh, point: Point): Point {
  let [best, nearest] = [0, Number.POSITIVE_INFINITY];
  for (let vertex = 0; vertex * 3 < positions.length; vertex++) {
    const mm = Math.hypot(
      positions[vertex * 3]! - point[0],
      positions[vertex * 3 + 1]! - point[1],
      positions[vertex * 3 + 2]! - point[2],
    );
    if (mm < nearest) [best, nearest] = [vertex, mm];
  }
  return vertexAt(positions, best);
}

function randomVertex({ positions }: PlainMesh, random: () => number): Point {
  return vertexAt(positions, Math.floor((random() * positions.length) / 3));
}

function randomWay(random: () => number): Point {
  return [random() - 0.5, random() - 0.5, random() - 0.5];
}
