import { Plane, Vector3 } from "three";
import { crossOf, dotOf, minus, type Point, plus, unit } from "./geometry.ts";
import type { MeasuredMesh } from "./measured-mesh.ts";

/** The plane of a section, with axes of its own: u × v = normal, all of length 1. */
export interface SectionPlane {
  origin: Point;
  u: Point;
  v: Point;
  normal: Point;
}

/** A line where the plane meets a surface: x y per point, mm, in the plane's axes. The material is on its left. */
export interface Contour {
  points: Float64Array;
  closed: boolean;
}

/** @param up what should be upwards in the picture of the section; the nearest direction in the plane is taken */
export function sectionPlane(origin: Point, normal: Point, up: Point): SectionPlane {
  const n = unit(normal);
  const flat = plus(up, n, -dotOf(up, n));
  const spare: Point = Math.abs(n[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
  const v = unit(Math.hypot(...flat) > 1e-6 ? flat : plus(spare, n, -dotOf(spare, n)));
  return { origin, u: crossOf(v, n), v, normal: n };
}

export function toPlane({ origin, u, v }: SectionPlane, point: Point): [number, number] {
  const seen = minus(point, origin);
  return [dotOf(seen, u), dotOf(seen, v)];
}

export function fromPlane({ origin, u, v }: SectionPlane, [x, y]: readonly [number, number]): Point {
  return plus(plus(origin, u, x), v, y);
}

interface Crossing {
  key: number;
  at: [number, number];
}

interface Crossings {
  /** The mesh edge (a number for its two vertices) where a segment begins, and where it ends. */
  starts: number[];
  ends: number[];
  /** x y of the beginning, x y of the end. */
  places: number[];
}

/**
 * Where a plane meets a mesh, as lines. Exact on the triangles: each point is where an edge crosses the plane. Vertices
 * in the plane count as above it, so that lines never break at them.
 */
export function sectionMesh(mesh: MeasuredMesh, plane: SectionPlane): Contour[] {
  const crossings: Crossings = { starts: [], ends: [], places: [] };
  const heights = new Vector3(...plane.normal);
  const cut = new Plane(heights, -dotOf(plane.origin, plane.normal));
  mesh.tree.shapecast({
    intersectsBounds: (box) => cut.intersectsBox(box),
    intersectsTriangle: (_, triangle) => {
      crossTriangle(mesh, triangle, plane, crossings);
      return false;
    },
  });
  return joinSegments(crossings);
}

function crossTriangle({ positions, indices }: MeasuredMesh, triangle: number, plane: SectionPlane, to: Crossings) {
  const corners = [0, 1, 2].map((corner) => {
    const index = indices[triangle * 3 + corner]!;
    const seen = minus([positions[index * 3]!, positions[index * 3 + 1]!, positions[index * 3 + 2]!], plane.origin);
    return { index, x: dotOf(seen, plane.u), y: dotOf(seen, plane.v), height: dotOf(seen, plane.normal) };
  });
  const vertices = positions.length / 3;
  let start: Crossing | null = null;
  let end: Crossing | null = null;
  for (let i = 0; i < 3; i++) {
    const a = corners[i]!;
    const b = corners[(i + 1) % 3]!;
    if (a.height >= 0 === b.height >= 0) continue;
    // The same two vertices in the same order for both neighbours: they get the same point to the last bit.
    const [low, high] = a.index < b.index ? [a, b] : [b, a];
    const share = low.height / (low.height - high.height);
    const at: [number, number] = [low.x + (high.x - low.x) * share, low.y + (high.y - low.y) * share];
    const crossing: Crossing = { key: low.index * vertices + high.index, at };
    if (a.height >= 0) start = crossing;
    else end = crossing;
  }
  if (!start || !end) return;
  to.starts.push(start.key);
  to.ends.push(end.key);
  to.places.push(...start.at, ...end.at);
}

/** Joins segments that share a mesh edge into lines: open ones from their beginnings first, then the rings. */
function joinSegments({ starts, ends, places }: Crossings): Contour[] {
  const byStart = new Map<number, number[]>();
  for (const [segment, key] of starts.entries()) {
    const others = byStart.get(key);
    if (others) others.push(segment);
    else byStart.set(key, [segment]);
  }
  const used = new Uint8Array(starts.length);
  const reached = new Set(ends);
  const contours: Contour[] = [];
  const follow = (first: number) => {
    const points = [places[first * 4]!, places[first * 4 + 1]!];
    let last = first;
    for (let at: number | undefined = first; at !== undefined; ) {
      used[at] = 1;
      points.push(places[at * 4 + 2]!, places[at * 4 + 3]!);
      last = at;
      at = byStart.get(ends[at]!)?.find((next) => !used[next]);
    }
    contours.push({ points: Float64Array.from(points), closed: ends[last] === starts[first] });
  };
  for (let segment = 0; segment < starts.length; segment++) if (!reached.has(starts[segment]!)) follow(segment);
  for (let segment = 0; segment < starts.length; segment++) if (!used[segment]) follow(segment);
  return contours;
}
