import { beforeAll, describe, expect, test } from "vitest";
import { convertMesh } from "#lib/mesh/convert-mesh.ts";
import {
  hitByBruteForce,
  isInsideByBruteForce,
  lengthOf,
  nearestByBruteForce,
  type PlainMesh,
  sectionLengthByBruteForce,
} from "#lib/mesh/measure/brute-force.ts";
import { FAR, nearestOnMesh, signedDistances } from "#lib/mesh/measure/closest-distances.ts";
import { contourLength } from "#lib/mesh/measure/contour-places.ts";
import { dotOf, minus, type Point, plus, unit, vertexAt } from "#lib/mesh/measure/geometry.ts";
import { type MeasuredMesh, measureMesh } from "#lib/mesh/measure/measured-mesh.ts";
import { bumpyBall, steadyNumbers } from "#lib/mesh/measure/sample-surfaces.ts";
import { sectionMesh, sectionPlane } from "#lib/mesh/measure/section-mesh.ts";
import { readPreview } from "#lib/mesh/read-preview.ts";
import { writeStl } from "#lib/mesh/write-stl.ts";
import { measuredValue } from "../viewer-state.ts";
import { pickOnScans } from "./pick-on-scans.ts";

/**
 * What a person measures in the viewer, through everything that lies between: the original is converted, quantised, compressed,
 * decoded and put into a tree. Held to the original's own triangles, computed independently in double precision.
 */
const SAMPLES = 1_000;
const TEN_MICROMETRES = 0.01;

/** About the size of a quadrant, two bodies biting into each other. */
const originals: PlainMesh[] = [bumpyBall(9, 1.1, [3, -2, 4], 22), bumpyBall(8, 0.9, [4, -1, 19.6], 20)];
let shown: MeasuredMesh[];

beforeAll(async () => {
  shown = await Promise.all(
    originals.map(async ({ positions, indices }) => {
      const stl = writeStl({ positions, indices, colours: null });
      const { full, facts } = await convertMesh(stl, "stl");
      expect(facts.maxErrorUm).toBeLessThanOrEqual(1);
      const preview = await readPreview(full.glb);
      return measureMesh(preview.positions, preview.indices);
    }),
  );
});

/** A click on the stage: a ray from far outside towards somewhere in the case. */
function* clicks(seed: number): Generator<{ origin: Point; direction: Point }> {
  const random = steadyNumbers(seed);
  const anywhere = (size: number): Point => [size * (random() - 0.5), size * (random() - 0.5), size * (random() - 0.5)];
  for (;;) {
    const target = plus([3.5, -1.5, 11], anywhere(14));
    const direction = unit(anywhere(2));
    yield { origin: plus(target, direction, -200), direction };
  }
}

/** As many clicks as asked for that meet a surface at an angle at which a micrometre of it is no millimetre along the ray. */
function pickedPoints(seed: number, count: number): { viewer: Point; original: Point }[] {
  const found: { viewer: Point; original: Point }[] = [];
  const meshes = shown.map((mesh, i) => ({ scanId: String(i), mesh, offset: [0, 0, 0] as const }));
  for (const { origin, direction } of clicks(seed)) {
    if (found.length === count) break;
    const hit = pickOnScans(origin, direction, meshes);
    if (!hit) continue;
    const original = hitByBruteForce(originals[Number(hit.scanId)]!, origin, direction);
    const mesh = shown[Number(hit.scanId)]!;
    const corners = [0, 1, 2].map((k) => vertexAt(mesh.positions, mesh.indices[hit.triangle * 3 + k]!)) as Point[];
    const [u, v] = [minus(corners[1]!, corners[0]!), minus(corners[2]!, corners[0]!)];
    const normal = unit([u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]);
    if (original && Math.abs(dotOf(normal, direction)) > 0.25) found.push({ viewer: hit.point, original });
  }
  return found;
}

const measured = (kind: "distance" | "angle", points: readonly Point[]) =>
  measuredValue({ kind, points: points.map((point) => ({ scanId: "", point })) });

describe("1,000 random measurements agree with brute force on the original to 10 µm", () => {
  test("distances between two clicks", () => {
    const points = pickedPoints(1, SAMPLES + 1);
    for (let i = 0; i < SAMPLES; i++) {
      const [a, b] = [points[i]!, points[i + 1]!];
      const exact = lengthOf(minus(a.original, b.original));
      expect(Math.abs(measured("distance", [a.viewer, b.viewer]) - exact)).toBeLessThan(TEN_MICROMETRES);
    }
  });

  test("angles at three clicks, as far as they move the end of the shorter leg", () => {
    const points = pickedPoints(2, SAMPLES + 2);
    for (let i = 0; i < SAMPLES; i++) {
      const three = [points[i]!, points[i + 1]!, points[i + 2]!];
      const [a, at, b] = three.map(({ original }) => original) as [Point, Point, Point];
      const [u, v] = [minus(a, at), minus(b, at)];
      const exact = Math.acos(Math.min(1, Math.max(-1, dotOf(unit(u), unit(v)))));
      const viewer = measured(
        "angle",
        three.map(({ viewer: point }) => point),
      );
      const leg = Math.min(lengthOf(u), lengthOf(v));
      expect(Math.abs((viewer * Math.PI) / 180 - exact) * leg).toBeLessThan(TEN_MICROMETRES);
    }
  });

  test("distances from a click to the other scan", () => {
    for (const { viewer, original } of pickedPoints(3, SAMPLES)) {
      const exact = nearestByBruteForce(originals[1]!, original).mm;
      expect(Math.abs(nearestOnMesh(shown[1]!, viewer)!.mm - exact)).toBeLessThan(TEN_MICROMETRES);
    }
  });

  test("lengths of sections", () => {
    const random = steadyNumbers(4);
    const axis = (size: number): Point => [size * (random() - 0.5), size * (random() - 0.5), size * (random() - 0.5)];
    for (let sample = 0; sample < SAMPLES; ) {
      const plane = sectionPlane(plus([3, -2, 4], axis(12)), axis(1), [0, 0, 1]);
      const cutAt = (mm: number) =>
        sectionLengthByBruteForce(originals[0]!, plus(plane.origin, plane.normal, mm), plane.normal);
      const exact = cutAt(0);
      // Where a plane only grazes the surface, its length there is not known to 10 µm: a micrometre to the side it is another one.
      if (exact < 1 || Math.abs(cutAt(0.001) - cutAt(-0.001)) > TEN_MICROMETRES / 2) continue;
      const viewer = sectionMesh(shown[0]!, plane).reduce((sum, line) => sum + contourLength(line), 0);
      expect(Math.abs(viewer - exact)).toBeLessThan(TEN_MICROMETRES);
      sample++;
    }
  });

  test("occlusal distances, with their side", async () => {
    const [lower, upper] = [originals[0]!, originals[1]!];
    const random = steadyNumbers(5);
    const vertices = shown[1]!.positions.length / 3;
    const chosen = Array.from({ length: SAMPLES }, () => Math.floor(random() * vertices));
    const distances = await signedDistances(shown[1]!.positions, shown[0]!, 2);
    let near = 0;
    for (const vertex of chosen) {
      // The vertex as it was before quantisation: the nearest one of the original.
      const viewer = vertexAt(shown[1]!.positions, vertex);
      const original = nearestVertex(upper, viewer);
      const exact = nearestByBruteForce(lower, original).mm;
      const found = distances[vertex]!;
      if (found === FAR) {
        expect(exact).toBeGreaterThan(2 - TEN_MICROMETRES);
        continue;
      }
      near++;
      expect(Math.abs(Math.abs(found) - exact)).toBeLessThan(TEN_MICROMETRES);
      if (exact > 2 * TEN_MICROMETRES) expect(found < 0).toBe(isInsideByBruteForce(lower, original));
    }
    expect(near).toBeGreaterThan(SAMPLES / 20);
  });
});

function nearestVertex({ positions }: PlainMesh, point: Point): Point {
  let best: Point = point;
  let nearest = Number.POSITIVE_INFINITY;
  for (let vertex = 0; vertex * 3 < positions.length; vertex++) {
    const mm = lengthOf(minus(vertexAt(positions, vertex), point));
    if (mm < nearest) [best, nearest] = [vertexAt(positions, vertex), mm];
  }
  return best;
}
