import { Matrix4, Quaternion, Vector3 } from "three";
import type { ViewDirection } from "#components/scan-viewer/standard-views.ts";

/** Where a parallel camera stands: what it looks at, how it is turned, and how much it sees. */
export interface CameraPose {
  /** The point in the middle of the picture, mm. */
  target: Vector3;
  rotation: Quaternion;
  /** What fits into the shorter side of the picture, mm: independent of the window's size. */
  spanMm: number;
}

/** The picture's size in CSS pixels. */
export interface PictureSize {
  width: number;
  height: number;
}

/** Points to frame: x y z, mm, moved by `offset`. */
export interface FramedPoints {
  points: Float32Array;
  offset: Vector3;
}

const SMALLEST_SPAN_MM = 1;
const LARGEST_SPAN_MM = 600;
/** The part of the picture that a framed case fills. */
const FILL = 0.87;
/** A drag over the shorter side of the picture turns the case by this much. */
const TURN_PER_SIDE = Math.PI * 1.1;

export function rotationOf({ forward, up }: ViewDirection): Quaternion {
  return new Quaternion().setFromRotationMatrix(
    new Matrix4().lookAt(new Vector3(), new Vector3(...forward), new Vector3(...up)),
  );
}

export function pixelsPerMm(pose: CameraPose, { width, height }: PictureSize): number {
  return Math.min(width, height) / pose.spanMm;
}

/** Turns like a ball under the hand, about the axes of the screen. Pixels to the right and down. */
export function turnPose(pose: CameraPose, dx: number, dy: number, size: PictureSize): CameraPose {
  const angle = TURN_PER_SIDE / Math.min(size.width, size.height);
  return turnPoseBy(pose, dx * angle, dy * angle);
}

/** The same in radians. */
export function turnPoseBy(pose: CameraPose, aboutUp: number, aboutRight: number): CameraPose {
  const rotation = pose.rotation
    .clone()
    .multiply(new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), -aboutUp))
    .multiply(new Quaternion().setFromAxisAngle(new Vector3(1, 0, 0), -aboutRight))
    .normalize();
  return { ...pose, rotation };
}

/** Moves the case along with the pointer. Pixels to the right and down. */
export function panPose(pose: CameraPose, dx: number, dy: number, size: PictureSize): CameraPose {
  const perPixel = 1 / pixelsPerMm(pose, size);
  const move = new Vector3(-dx * perPixel, dy * perPixel, 0).applyQuaternion(pose.rotation);
  return { ...pose, target: pose.target.clone().add(move) };
}

/**
 * Comes nearer (`factor` > 1) or goes away, keeping what is under the pointer where it is.
 * @param pointer pixels from the middle of the picture, right and down
 */
export function zoomPose(
  pose: CameraPose,
  factor: number,
  pointer: { x: number; y: number },
  size: PictureSize,
): CameraPose {
  const spanMm = Math.min(LARGEST_SPAN_MM, Math.max(SMALLEST_SPAN_MM, pose.spanMm / factor));
  const before = 1 / pixelsPerMm(pose, size);
  const after = 1 / pixelsPerMm({ ...pose, spanMm }, size);
  const shift = before - after;
  const move = new Vector3(pointer.x * shift, -pointer.y * shift, 0).applyQuaternion(pose.rotation);
  return { ...pose, spanMm, target: pose.target.clone().add(move) };
}

/** The pose that shows all points as large as possible from where `pose` looks; unchanged without points. */
export function fitPose(pose: CameraPose, framed: readonly FramedPoints[], size: PictureSize): CameraPose {
  const toCamera = pose.rotation.clone().invert();
  const min = new Vector3(Infinity, Infinity, Infinity);
  const max = min.clone().negate();
  const point = new Vector3();
  for (const { points, offset } of framed) {
    for (let i = 0; i + 2 < points.length; i += 3) {
      point.fromArray(points, i).add(offset).applyQuaternion(toCamera);
      min.min(point);
      max.max(point);
    }
  }
  if (min.x > max.x) return pose;
  const shorter = Math.min(size.width, size.height);
  const spanX = ((max.x - min.x) * shorter) / size.width;
  const spanY = ((max.y - min.y) * shorter) / size.height;
  const target = min.add(max).multiplyScalar(0.5).applyQuaternion(pose.rotation);
  return { ...pose, target, spanMm: Math.max(SMALLEST_SPAN_MM, spanX / FILL, spanY / FILL) };
}

/** Between two poses, for a short movement: 0 is `from`, 1 is `to`. */
export function blendPoses(from: CameraPose, to: CameraPose, share: number): CameraPose {
  return {
    target: from.target.clone().lerp(to.target, share),
    rotation: from.rotation.clone().slerp(to.rotation, share),
    spanMm: from.spanMm * (to.spanMm / from.spanMm) ** share,
  };
}
