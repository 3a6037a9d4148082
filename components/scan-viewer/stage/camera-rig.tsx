import { useFrame, useThree } from "@react-three/fiber";
import { type RefObject, useCallback, useEffect, useImperativeHandle, useRef } from "react";
import { type OrthographicCamera, Quaternion, Vector3 } from "three";
import type { DragAction } from "#components/scan-viewer/mouse-presets.ts";
import type { Signal } from "#components/scan-viewer/signal.ts";
import { type StandardView, viewDirection } from "#components/scan-viewer/standard-views.ts";
import type { Vector } from "#components/scan-viewer/vector.ts";
import type { Orientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import {
  blendPoses,
  type CameraPose,
  type FramedPoints,
  fitPose,
  panPose,
  pixelsPerMm,
  rotationOf,
  turnPose,
  turnPoseBy,
  zoomPose,
} from "./camera-pose.ts";
import { attachPointerControls } from "./pointer-controls.ts";

/** A wish to look from somewhere; a new object is a new wish. */
export interface ViewRequest {
  view: StandardView | "fit";
}

export interface PickRay {
  origin: Vector;
  direction: Vector;
}

/** What keyboard and buttons ask of the camera. */
export interface CameraCommands {
  /** Radians to the right and down. */
  turn(aboutUp: number, aboutRight: number): void;
  zoom(factor: number): void;
  /** How the camera stands, to come back to. */
  pose(): StoredPose;
  restore(pose: StoredPose): void;
  /** Where the camera looks, and what is to its right and up on the screen. Of length 1. */
  axes(): { forward: Vector; right: Vector; up: Vector };
}

/** A camera pose as plain numbers: mm, a quaternion x y z w, mm. */
export interface StoredPose {
  target: Vector;
  rotation: readonly [number, number, number, number];
  spanMm: number;
}

export interface CameraRigProps {
  /** Null: as the case opened. */
  request: ViewRequest | null;
  orientation: Orientation;
  onlyUpper: boolean;
  /** The points to show when framing; called then, not kept. */
  framed: () => FramedPoints[];
  /** Changes when there is more to frame; the camera follows until it is moved by hand. */
  contentKey: string;
  animate: boolean;
  dragAction: (event: PointerEvent) => DragAction | null;
  commands: RefObject<CameraCommands | null>;
  pixelsPerMm: Signal<number>;
  /** How the camera is turned: a new object whenever it changes. */
  rotation: Signal<Quaternion | null>;
  /** The person moved the camera: it no longer shows a standard view. */
  onMoved: (turned: boolean) => void;
  onClick: (ray: PickRay) => void;
  /** The pointer rests on or moves over the stage, at most once per frame; null when it leaves. */
  onHover: ((ray: PickRay | null) => void) | null;
}

/** The camera stands this far from what it looks at, mm; a parallel camera's picture does not depend on it. */
const DISTANCE_MM = 500;
const ANIMATION_MS = 140;

/** Moves the stage's camera: by hand, by wish, and to frame what arrives. */
export function CameraRig(props: CameraRigProps) {
  const camera = useThree((state) => state.camera) as OrthographicCamera;
  const canvas = useThree((state) => state.gl.domElement);
  const size = useThree((state) => state.size);
  const invalidate = useThree((state) => state.invalidate);
  const latest = useRef({ ...props, size });
  latest.current = { ...props, size };
  const pose = useRef<CameraPose>({
    target: new Vector3(),
    rotation: rotationOf(viewDirection("home", props.orientation)),
    spanMm: 80,
  });
  const movement = useRef<{ from: CameraPose; to: CameraPose; start: number } | null>(null);
  /** The view that is kept framed; null once the camera was moved by hand. */
  const following = useRef<StandardView | "fit" | null>("home");

  const place = useCallback(
    (next: CameraPose) => {
      pose.current = next;
      camera.quaternion.copy(next.rotation);
      camera.position.set(0, 0, DISTANCE_MM).applyQuaternion(next.rotation).add(next.target);
      camera.zoom = pixelsPerMm(next, latest.current.size);
      camera.near = 1;
      camera.far = 2 * DISTANCE_MM;
      camera.updateProjectionMatrix();
      latest.current.pixelsPerMm.set(camera.zoom);
      latest.current.rotation.set(next.rotation);
      invalidate();
    },
    [camera, invalidate],
  );

  const moveByHand = useCallback(
    (next: CameraPose, turned: boolean) => {
      following.current = null;
      movement.current = null;
      place(next);
      latest.current.onMoved(turned);
    },
    [place],
  );

  const goTo = useCallback(
    (view: StandardView | "fit", animate: boolean) => {
      const { orientation, onlyUpper, framed, size: picture } = latest.current;
      const from = movement.current?.to ?? pose.current;
      const rotation = view === "fit" ? from.rotation : rotationOf(viewDirection(view, orientation, onlyUpper));
      const to = fitPose({ ...from, rotation }, framed(), picture);
      if (!animate) return place(to);
      movement.current = { from: pose.current, to, start: performance.now() };
      invalidate();
    },
    [place, invalidate],
  );

  useFrame(() => {
    const moving = movement.current;
    if (!moving) return;
    const share = Math.min(1, (performance.now() - moving.start) / ANIMATION_MS);
    if (share === 1) movement.current = null;
    place(blendPoses(moving.from, moving.to, share));
  });

  const { width, height } = size;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new size or more content is the reason to frame again
  useEffect(() => {
    if (width === 0 || height === 0) return;
    if (following.current) goTo(following.current, false);
    else place(pose.current);
  }, [goTo, place, width, height, props.contentKey, props.orientation]);

  useEffect(() => {
    if (!props.request) return;
    following.current = props.request.view;
    goTo(props.request.view, latest.current.animate);
  }, [goTo, props.request]);

  useImperativeHandle(props.commands, () => ({
    turn: (aboutUp, aboutRight) => moveByHand(turnPoseBy(pose.current, aboutUp, aboutRight), true),
    zoom: (factor) => moveByHand(zoomPose(pose.current, factor, { x: 0, y: 0 }, latest.current.size), false),
    pose: () => ({
      target: pose.current.target.toArray(),
      rotation: pose.current.rotation.toArray(),
      spanMm: pose.current.spanMm,
    }),
    restore: ({ target, rotation, spanMm }) =>
      moveByHand({ target: new Vector3(...target), rotation: new Quaternion(...rotation), spanMm }, true),
    axes: () => {
      const turned = (x: number, y: number, z: number) =>
        new Vector3(x, y, z).applyQuaternion(pose.current.rotation).toArray();
      return { forward: turned(0, 0, -1), right: turned(1, 0, 0), up: turned(0, 1, 0) };
    },
  }));

  useEffect(
    () =>
      attachPointerControls(canvas, {
        dragAction: (event) => latest.current.dragAction(event),
        turn: (dx, dy) => moveByHand(turnPose(pose.current, dx, dy, latest.current.size), true),
        pan: (dx, dy) => moveByHand(panPose(pose.current, dx, dy, latest.current.size), false),
        zoom: (factor, at) => moveByHand(zoomPose(pose.current, factor, at, latest.current.size), false),
        click: (at) => latest.current.onClick(rayAt(pose.current, at, latest.current.size)),
        hover: (at) => latest.current.onHover?.(at && rayAt(pose.current, at, latest.current.size)),
      }),
    [canvas, moveByHand],
  );
  return null;
}

function rayAt(pose: CameraPose, at: { x: number; y: number }, size: { width: number; height: number }): PickRay {
  const perPixel = 1 / pixelsPerMm(pose, size);
  const origin = new Vector3(at.x * perPixel, -at.y * perPixel, DISTANCE_MM)
    .applyQuaternion(pose.rotation)
    .add(pose.target);
  const direction = new Vector3(0, 0, -1).applyQuaternion(pose.rotation);
  return { origin: origin.toArray(), direction: direction.toArray() };
}
