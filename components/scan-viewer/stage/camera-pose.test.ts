import { Vector3 } from "three";
import { describe, expect, test } from "vitest";
import {
  type CameraPose,
  fitPose,
  panPose,
  pixelsPerMm,
  rotationOf,
  turnPose,
  turnPoseBy,
  zoomPose,
} from "./camera-pose.ts";

const size = { width: 800, height: 400 };
const front: CameraPose = {
  target: new Vector3(5, 6, 7),
  rotation: rotationOf({ forward: [0, 1, 0], up: [0, 0, 1] }),
  spanMm: 80,
};

/** Where a point of the scan appears: pixels from the middle of the picture, right and down. */
function onScreen(pose: CameraPose, point: Vector3) {
  const seen = point.clone().sub(pose.target).applyQuaternion(pose.rotation.clone().invert());
  const scale = pixelsPerMm(pose, size);
  return { x: seen.x * scale, y: -seen.y * scale };
}

const round = ({ x, y }: { x: number; y: number }) => [Math.round(x * 1e6) / 1e6 + 0, Math.round(y * 1e6) / 1e6 + 0];

describe("the camera", () => {
  test("shows x to the right and z up when it looks along y", () => {
    expect(round(onScreen(front, new Vector3(15, 6, 7)))).toEqual([50, 0]);
    expect(round(onScreen(front, new Vector3(5, 6, 17)))).toEqual([0, -50]);
  });

  test("moves the case with the hand", () => {
    const point = new Vector3(1, 2, 3);
    const before = onScreen(front, point);
    const after = onScreen(panPose(front, 30, -12, size), point);
    expect(round({ x: after.x - before.x, y: after.y - before.y })).toEqual([30, -12]);
  });

  test("keeps the point under the pointer while zooming", () => {
    const point = new Vector3(20, 9, 1);
    const pointer = onScreen(front, point);
    const nearer = zoomPose(front, 2.5, pointer, size);
    expect(nearer.spanMm).toBeCloseTo(32);
    expect(round(onScreen(nearer, point))).toEqual(round(pointer));
  });

  test("comes no nearer than a millimetre and leaves the room no further than six hundred", () => {
    expect(zoomPose(front, 1e9, { x: 0, y: 0 }, size).spanMm).toBe(1);
    expect(zoomPose(front, 1e-9, { x: 0, y: 0 }, size).spanMm).toBe(600);
  });

  test("turns what faces the viewer in the direction of the hand", () => {
    const nearPoint = front.target.clone().add(new Vector3(0, -30, 0));
    expect(onScreen(turnPose(front, 10, 0, size), nearPoint).x).toBeGreaterThan(1);
    expect(onScreen(turnPose(front, 0, 10, size), nearPoint).y).toBeGreaterThan(1);
  });

  test("sees the case from behind after half a turn", () => {
    const behind = turnPoseBy(front, Math.PI, 0);
    expect(round(onScreen(behind, new Vector3(15, 6, 7)))).toEqual([-50, 0]);
    expect(round(onScreen(behind, new Vector3(5, 6, 17)))).toEqual([0, -50]);
  });

  test("frames all points, in the middle and as large as fits", () => {
    const corners = new Float32Array([0, 0, 0, 60, 50, 20]);
    const offset = new Vector3(100, 0, -5);
    const pose = fitPose(front, [{ points: corners, offset }], size);
    const [low, high] = [onScreen(pose, new Vector3(100, 0, -5)), onScreen(pose, new Vector3(160, 50, 15))];
    expect(round(low)).toEqual(round({ x: -high.x, y: -high.y }));
    expect(high.x).toBeCloseTo(800 * 0.435);
    expect(fitPose(front, [], size)).toBe(front);
  });
});
