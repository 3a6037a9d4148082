import { computeNormals } from "../compute-normals.ts";
import { crossOf, dotOf, type Point, plus, unit } from "../measure/geometry.ts";
import { measureCreases } from "../measure-creases.ts";
import { describeShape } from "../orientation/describe-shape.ts";
import { estimateOrientation, type Orientation } from "../orientation/estimate-orientation.ts";
import { Raster } from "./raster.ts";
import { STONES, type Stone, shadeStone } from "./shade-stone.ts";

/** One scan of a case to be drawn. */
export interface PicturePart {
  /** x y z per vertex, mm */
  positions: Float32Array;
  indices: Uint32Array;
  stone: Stone;
}

/** Pixels, rows from the top, r g b a each, not premultiplied. */
export interface Picture {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/** Each pixel is the mean of this many by as many. */
const FINER = 2;

/** Of the picture's smaller side, left free on each side. */
const MARGIN = 0.03;

/** The camera stands this many times the size of the case away: a long lens, as in a dentist's photographs. */
const DISTANCE = 3.2;

/** How far the camera stands to the patient's right and above, for every step in front. */
const ASIDE = 0.5;
const ABOVE = 0.42;

/** A single arch is looked at from farther above (an upper one from below): its crowns tell cases apart. */
const ABOVE_ONE_ARCH = 1.5;

/**
 * Draws a case as matte stone under a soft three-point light on nothing, from the patient's right and a little above; a single
 * arch more from its crowns. No graphics card and no browser: a depth buffer and arithmetic.
 * @param parts the first upper and the first lower one say how the case lies
 */
export function drawPicture(parts: readonly PicturePart[], width: number, height: number): Picture {
  const camera = placeCamera(parts);
  const raster = new Raster(width * FINER, height * FINER);
  const views = parts.map((part) => project(part.positions, camera));
  const frame = fitInto(views, raster.width, raster.height);
  for (const [at, part] of parts.entries()) drawPart(raster, part, views[at]!, frame, camera);
  return { width, height, rgba: raster.average(FINER) };
}

interface Camera {
  right: Point;
  up: Point;
  /** Towards the viewer. */
  back: Point;
  centre: Point;
  distanceMm: number;
}

function placeCamera(parts: readonly PicturePart[]): Camera {
  const shapeOf = (stone: Stone) => {
    const part = parts.find((candidate) => candidate.stone === stone);
    return part ? describeShape(part.positions, part.indices) : null;
  };
  const upper = shapeOf("upper");
  const lower = shapeOf("lower");
  const orientation = estimateOrientation({ upper, lower: lower ?? (upper ? null : shapeOf("other")) });
  const { centre, radius } = sphereAround(parts);
  const back = directionOf(orientation, upper !== null, lower !== null);
  const right = unit(crossOf(orientation.up, back));
  return { right, up: crossOf(back, right), back, centre, distanceMm: Math.max(radius, 1e-3) * DISTANCE };
}

function directionOf({ up, anterior, right }: Orientation, hasUpper: boolean, hasLower: boolean): Point {
  const both = hasUpper && hasLower;
  const above = both ? ABOVE : hasUpper ? -ABOVE_ONE_ARCH : ABOVE_ONE_ARCH;
  return unit(plus(plus(anterior, right, both ? ASIDE : ASIDE / 2), up, above));
}

function sphereAround(parts: readonly PicturePart[]): { centre: Point; radius: number } {
  const min = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const max = min.map((value) => -value);
  for (const { positions } of parts) {
    for (let i = 0; i < positions.length; i++) {
      const axis = i % 3;
      min[axis] = Math.min(min[axis]!, positions[i]!);
      max[axis] = Math.max(max[axis]!, positions[i]!);
    }
  }
  const centre = min.map((value, axis) => (value + max[axis]!) / 2) as unknown as Point;
  return { centre, radius: Math.hypot(...max.map((value, axis) => (value - min[axis]!) / 2)) };
}

/** x y on the picture plane and nearness per vertex, before the picture's own scale. */
function project(positions: Float32Array, { right, up, back, centre, distanceMm }: Camera): Float32Array {
  const view = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i += 3) {
    const place: Point = [positions[i]! - centre[0], positions[i + 1]! - centre[1], positions[i + 2]! - centre[2]];
    const near = 1 / (distanceMm - dotOf(place, back));
    view[i] = dotOf(place, right) * near;
    view[i + 1] = -dotOf(place, up) * near;
    view[i + 2] = near;
  }
  return view;
}

interface Frame {
  scale: number;
  x: number;
  y: number;
}

/** The scale and place at which everything just fits. */
function fitInto(views: readonly Float32Array[], width: number, height: number): Frame {
  let [minX, minY, maxX, maxY] = [1, 1, -1, -1];
  for (const view of views) {
    for (let i = 0; i < view.length; i += 3) {
      minX = Math.min(minX, view[i]!);
      maxX = Math.max(maxX, view[i]!);
      minY = Math.min(minY, view[i + 1]!);
      maxY = Math.max(maxY, view[i + 1]!);
    }
  }
  const free = 2 * MARGIN * Math.min(width, height);
  const scale = Math.min((width - free) / Math.max(maxX - minX, 1e-9), (height - free) / Math.max(maxY - minY, 1e-9));
  return { scale, x: width / 2 - ((minX + maxX) / 2) * scale, y: height / 2 - ((minY + maxY) / 2) * scale };
}

/** Normals in the camera's axes and the crease, per vertex, are mixed over each triangle and shaded per pixel. */
function drawPart(raster: Raster, part: PicturePart, view: Float32Array, frame: Frame, camera: Camera): void {
  const { positions, indices } = part;
  const normals = computeNormals(positions, indices);
  const creases = measureCreases(positions, normals, indices);
  const looks = new Float32Array((positions.length / 3) * 4);
  for (let vertex = 0; vertex * 3 < positions.length; vertex++) {
    const normal: Point = [normals[vertex * 3]!, normals[vertex * 3 + 1]!, normals[vertex * 3 + 2]!];
    looks[vertex * 4] = dotOf(normal, camera.right);
    looks[vertex * 4 + 1] = dotOf(normal, camera.up);
    looks[vertex * 4 + 2] = dotOf(normal, camera.back);
    looks[vertex * 4 + 3] = creases[vertex]! / 127;
    view[vertex * 3] = view[vertex * 3]! * frame.scale + frame.x;
    view[vertex * 3 + 1] = view[vertex * 3 + 1]! * frame.scale + frame.y;
  }
  raster.fill(view, looks, indices, shadeStone(STONES[part.stone]));
}
