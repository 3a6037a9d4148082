import { Canvas } from "@react-three/fiber";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Vector3 } from "three";
import type { Orientation } from "#components/scan-viewer/estimate-orientation.ts";
import type { LoadedScan, MeshLibrary } from "#components/scan-viewer/mesh-library.ts";
import { dragAction, type MousePreset } from "#components/scan-viewer/mouse-presets.ts";
import { Signal } from "#components/scan-viewer/signal.ts";
import type { Vector } from "#components/scan-viewer/vector.ts";
import type { Appearance, PickedPoint } from "#components/scan-viewer/viewer-state.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { FramedPoints } from "./camera-pose.ts";
import { type CameraCommands, CameraRig, type PickRay, type ViewRequest } from "./camera-rig.tsx";
import { ContextWatch } from "./context-watch.tsx";
import { DistanceLines, type DrawnDistance } from "./distance-lines.tsx";
import { placeLetters } from "./place-letters.ts";
import { ScaleBar } from "./scale-bar.tsx";
import { ScanSurface } from "./scan-surface.tsx";
import { LabelPlacer, type ScreenLabel, ScreenLabels } from "./screen-labels.tsx";
import { SideLetters } from "./side-letters.tsx";
import { Snapshot, type TakeSnapshot } from "./snapshot.tsx";
import { isSoftware } from "./webgl-support.ts";

/** A scan that is on the stage. */
export interface DrawnScan {
  scan: ScanView;
  loaded: LoadedScan;
  appearance: Appearance;
}

/** A measurement on the stage, with the text beside its line. */
export interface ShownDistance {
  id: string;
  from: PickedPoint;
  to: PickedPoint | null;
  text: string;
}

export interface StageProps {
  drawn: readonly DrawnScan[];
  orientation: Orientation;
  openingMm: number;
  wireframe: boolean;
  distances: readonly ShownDistance[];
  library: MeshLibrary | null;
  mousePreset: MousePreset;
  request: ViewRequest | null;
  commands: RefObject<CameraCommands | null>;
  takeSnapshot: RefObject<TakeSnapshot | null>;
  onTurned: () => void;
  /** A click, with how far each drawn scan is moved from where it was scanned. */
  onClick: (ray: PickRay, offsets: ReadonlyMap<string, Vector>) => void;
  onContextChange: (lost: boolean) => void;
}

/**
 * What this page draws with. The first scene opens without smooth edges and asks its own context: a graphics card then
 * gets a second scene within milliseconds, and a machine without one has not paid for two.
 */
let knownGraphics: "unknown" | "software" | "hardware" = "unknown";

/** How long after the last movement a slow machine draws the full mesh again. */
const REST_MS = 180;

/** The scene: draws what it is given, when it changes, and not otherwise. The only room with three in it. */
export default function Stage(props: StageProps) {
  const { drawn, orientation, openingMm, onTurned, onClick } = props;
  const [graphics, setGraphics] = useState(knownGraphics);
  const software = graphics !== "hardware";
  const [moving, keepMoving] = useMoving();
  const pixelsPerMm = useMemo(() => new Signal(5), []);
  const labelElements = useRef(new Map<string, HTMLElement>());

  const offsets = useMemo(
    () => new Map(drawn.map(({ scan }) => [scan.id, offsetOf(scan, orientation, openingMm)])),
    [drawn, orientation, openingMm],
  );
  const content = useMemo(() => framedPoints(drawn, offsets), [drawn, offsets]);
  const letters = useMemo(() => placeLetters(content, orientation), [content, orientation]);
  const framed = useCallback(() => [...content, ...letterPoints(letters)], [content, letters]);
  const distances = useMemo(() => drawDistances(props.distances, offsets), [props.distances, offsets]);
  const labels = useMemo(() => labelDistances(distances, props.distances), [distances, props.distances]);
  const labelPoints = useMemo(() => new Map(labels.map(({ name, at }) => [name, at])), [labels]);
  const rightAxis = useMemo(() => new Vector3(...orientation.right), [orientation]);

  return (
    <>
      <Canvas
        key={graphics}
        orthographic
        flat
        frameloop="demand"
        dpr={software ? 1 : [1, 2]}
        gl={{ antialias: !software, alpha: true, powerPreference: "high-performance" }}
        className="touch-none"
        onCreated={({ gl }) => {
          // Asking for shader errors waits for the graphics process; ours compile or the tests do not pass.
          gl.debug.checkShaderErrors = false;
          knownGraphics = isSoftware(gl.getContext()) ? "software" : "hardware";
          if (knownGraphics === "hardware") setGraphics(knownGraphics);
        }}
      >
        <CameraRig
          request={props.request}
          orientation={orientation}
          onlyUpper={drawn.length > 0 && drawn.every(({ scan }) => scan.jaw === "upper")}
          framed={framed}
          contentKey={[openingMm, ...arrivedScans(drawn)].join()}
          animate={!software && !matchMedia("(prefers-reduced-motion: reduce)").matches}
          dragAction={(event) => dragAction(props.mousePreset, event)}
          commands={props.commands}
          pixelsPerMm={pixelsPerMm}
          onMoved={(turned) => {
            if (software) keepMoving();
            if (turned) onTurned();
          }}
          onClick={(ray) => onClick(ray, new Map([...offsets].map(([id, offset]) => [id, offset.toArray()])))}
        />
        <ContextWatch onChange={props.onContextChange} />
        <Snapshot take={props.takeSnapshot} />
        {drawn.map(({ scan, loaded, appearance }) => {
          const mesh = moving ? (loaded.low ?? loaded.full) : (loaded.full ?? loaded.low);
          return mesh ? (
            <ScanSurface
              key={scan.id}
              mesh={mesh}
              jaw={scan.jaw}
              appearance={appearance}
              offset={offsets.get(scan.id)!}
              edgesFrom={props.wireframe && !moving ? props.library : null}
            />
          ) : null;
        })}
        {content.length > 0 ? <SideLetters right={letters.right} left={letters.left} axis={rightAxis} /> : null}
        <DistanceLines distances={distances} />
        <LabelPlacer points={labelPoints} elements={labelElements} />
      </Canvas>
      <ScreenLabels labels={labels} elements={labelElements} />
      {content.length > 0 ? <ScaleBar pixelsPerMm={pixelsPerMm} /> : null}
    </>
  );
}

/** Which scans can be framed; another order or a swap for the full mesh is no reason to move the camera. */
function arrivedScans(drawn: readonly DrawnScan[]): string[] {
  return drawn.flatMap(({ scan, loaded }) => (loaded.low || loaded.full ? [scan.id] : [])).toSorted();
}

/** True from the first call until shortly after the last one. */
function useMoving(): [boolean, () => void] {
  const [moving, setMoving] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const keepMoving = useCallback(() => {
    setMoving(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setMoving(false), REST_MS);
  }, []);
  return [moving, keepMoving];
}

/** Only the lower jaw moves when a mouth opens. */
function offsetOf(scan: ScanView, { up }: Orientation, openingMm: number): Vector3 {
  return new Vector3(...up).multiplyScalar(scan.jaw === "lower" ? -openingMm : 0);
}

function framedPoints(drawn: readonly DrawnScan[], offsets: ReadonlyMap<string, Vector3>): FramedPoints[] {
  return drawn.flatMap(({ scan, loaded }) => {
    const shape = (loaded.low ?? loaded.full)?.shape;
    return shape ? [{ points: shape.samples, offset: offsets.get(scan.id)! }] : [];
  });
}

function letterPoints({ right, left }: { right: Vector3; left: Vector3 }): FramedPoints[] {
  return [{ points: new Float32Array([...right.toArray(), ...left.toArray()]), offset: new Vector3() }];
}

function drawDistances(shown: readonly ShownDistance[], offsets: ReadonlyMap<string, Vector3>): DrawnDistance[] {
  const place = ({ scanId, point }: PickedPoint) => new Vector3(...point).add(offsets.get(scanId) ?? new Vector3());
  return shown.map(({ id, from, to }) => ({ id, from: place(from), to: to && place(to) }));
}

function labelDistances(drawn: readonly DrawnDistance[], shown: readonly ShownDistance[]): ScreenLabel[] {
  return drawn.flatMap(({ id, from, to }, i) =>
    to ? [{ name: id, text: shown[i]!.text, at: from.clone().add(to).multiplyScalar(0.5) }] : [],
  );
}
