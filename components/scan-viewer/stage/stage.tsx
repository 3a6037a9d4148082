import { useFrame } from "@react-three/fiber";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Quaternion, Vector3 } from "three";
import type { MapScale } from "#components/scan-viewer/maps/use-maps.ts";
import type { ScanMap } from "#components/scan-viewer/measuring/measure-messages.ts";
import type { LoadedScan, MeshLibrary } from "#components/scan-viewer/mesh-library.ts";
import { dragAction, type MousePreset } from "#components/scan-viewer/mouse-presets.ts";
import { Signal } from "#components/scan-viewer/signal.ts";
import type { StandardView } from "#components/scan-viewer/standard-views.ts";
import type { Vector } from "#components/scan-viewer/vector.ts";
import type { Appearance, PickedPoint, UndercutState } from "#components/scan-viewer/viewer-state.ts";
import type { Orientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import { isLine, jawOf } from "#lib/scans/scan-role.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { FramedPoints } from "./camera-pose.ts";
import { type CameraCommands, CameraRig, type PickRay, type ViewRequest } from "./camera-rig.tsx";
import { ContextWatch } from "./context-watch.tsx";
import { InsertionArrow } from "./insertion-arrow.tsx";
import { openStage } from "./kept-stage.ts";
import { type DrawnMeasurement, MeasurementLines } from "./measurement-lines.tsx";
import { OrientationCube } from "./orientation-cube.tsx";
import { placeLetters } from "./place-letters.ts";
import { ScaleBar } from "./scale-bar.tsx";
import { ScanLine } from "./scan-line.tsx";
import { ScanSurface } from "./scan-surface.tsx";
import { LabelPlacer, type ScreenLabel, ScreenLabels } from "./screen-labels.tsx";
import { SECTION_HANDLE, SectionHandle, type ShownSection } from "./section-handle.tsx";
import { SectionLines } from "./section-lines.tsx";
import { SideLetters } from "./side-letters.tsx";
import { SlowFrames } from "./slow-frames.ts";
import { Snapshot, type TakeSnapshot } from "./snapshot.tsx";
import { StageCanvas } from "./stage-canvas.tsx";

/** A scan that is on the stage. */
export interface DrawnScan {
  scan: ScanView;
  loaded: LoadedScan;
  appearance: Appearance;
}

/** Points on the stage joined by lines, with a text beside them. */
export interface ShownMeasurement {
  id: string;
  points: readonly PickedPoint[];
  text: string;
}

export interface StageProps {
  drawn: readonly DrawnScan[];
  orientation: Orientation;
  openingMm: number;
  wireframe: boolean;
  measurements: readonly ShownMeasurement[];
  section: ShownSection | null;
  map: { maps: readonly ScanMap[]; scale: MapScale } | null;
  /** The axis of the undercut map. */
  insertion: UndercutState | null;
  library: MeshLibrary | null;
  mousePreset: MousePreset;
  request: ViewRequest | null;
  commands: RefObject<CameraCommands | null>;
  takeSnapshot: RefObject<TakeSnapshot | null>;
  onTurned: () => void;
  /** A side of the cube was clicked. */
  onView: (view: StandardView) => void;
  /** A click, with how far each drawn scan is moved from where it was scanned. */
  onClick: (ray: PickRay, offsets: ReadonlyMap<string, Vector>) => void;
  onHover: ((ray: PickRay | null, offsets: ReadonlyMap<string, Vector>) => void) | null;
  onContextChange: (lost: boolean) => void;
  /** The first scans were drawn. */
  onPicture: () => void;
}

/** The full mesh was too much for this machine's graphics card while it moved. */
let knownWeak = false;

function rememberWeak(): true {
  knownWeak = true;
  return true;
}

/** How long after the last movement a slow machine draws the full mesh again. */
const REST_MS = 180;

/** The scene: draws what it is given, when it changes, and not otherwise. The only room with three in it. */
export function Stage(props: StageProps) {
  const { drawn, orientation, openingMm, onTurned, onClick, onHover, section, map } = props;
  const { software } = openStage();
  const [weak, setWeak] = useState(knownWeak);
  const economical = software || weak;
  const [moving, keepMoving] = useMoving();
  const pixelsPerMm = useMemo(() => new Signal(5), []);
  const rotation = useMemo(() => new Signal<Quaternion | null>(null), []);
  const labelElements = useRef(new Map<string, HTMLElement>());

  const offsets = useMemo(
    () => new Map(drawn.map(({ scan }) => [scan.id, offsetOf(scan, orientation, openingMm)])),
    [drawn, orientation, openingMm],
  );
  const content = useMemo(() => framedPoints(drawn, offsets), [drawn, offsets]);
  const letters = useMemo(() => placeLetters(content, orientation), [content, orientation]);
  const framed = useCallback(() => [...content, ...letterPoints(letters)], [content, letters]);
  // Lines are in nobody's way: only surfaces are clicked.
  const plainOffsets = useMemo(
    () =>
      new Map(drawn.flatMap(({ scan }) => (isLine(scan) ? [] : [[scan.id, offsets.get(scan.id)!.toArray()] as const]))),
    [drawn, offsets],
  );
  const measured = useMemo(() => placeMeasurements(props.measurements, offsets), [props.measurements, offsets]);
  const labels = useMemo(() => labelMeasurements(measured, props.measurements), [measured, props.measurements]);
  const plane = section?.plane ?? null;
  const labelPoints = useMemo(
    () =>
      new Map([
        ...labels.map(({ name, at }) => [name, at] as const),
        ...(plane ? [[SECTION_HANDLE, new Vector3(...plane.origin)] as const] : []),
      ]),
    [labels, plane],
  );
  const rightAxis = useMemo(() => new Vector3(...orientation.right), [orientation]);

  return (
    <>
      <StageCanvas hasContent={content.length > 0}>
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
          rotation={rotation}
          onMoved={(turned) => {
            if (economical) keepMoving();
            if (turned) onTurned();
          }}
          onClick={(ray) => onClick(ray, plainOffsets)}
          onHover={onHover && ((ray) => onHover(ray, plainOffsets))}
        />
        {economical ? null : <FrameWatch onSlow={() => setWeak(rememberWeak())} />}
        <ContextWatch onChange={props.onContextChange} />
        <Snapshot take={props.takeSnapshot} />
        {drawn.map(({ scan, loaded, appearance }) => {
          const mesh = moving ? (loaded.low ?? loaded.full) : (loaded.full ?? loaded.low);
          if (mesh?.line)
            return <ScanLine key={scan.id} line={mesh.line} appearance={appearance} offset={offsets.get(scan.id)!} />;
          return mesh ? (
            <ScanSurface
              key={scan.id}
              mesh={mesh}
              jaw={scan.jaw}
              appearance={appearance}
              offset={offsets.get(scan.id)!}
              edgesFrom={props.wireframe && !moving && !section?.cutAway ? props.library : null}
              map={mapOf(map, scan.id, mesh === loaded.full)}
              cutBy={section?.cutAway ? section.plane : null}
            />
          ) : null;
        })}
        {content.length > 0 ? <SideLetters right={letters.right} left={letters.left} axis={rightAxis} /> : null}
        {section ? (
          <SectionLines
            plane={section.plane}
            lines={section.lines}
            linesOf={section.linesOf}
            offsets={offsets}
            reachMm={section.reachMm}
          />
        ) : null}
        <InsertionAxis {...props} offsets={offsets} />
        <MeasurementLines measurements={measured} />
        <LabelPlacer points={labelPoints} elements={labelElements} />
        <FirstPicture drawn={content.length > 0} onPicture={props.onPicture} />
      </StageCanvas>
      <ScreenLabels labels={labels} elements={labelElements} />
      {section ? (
        <SectionHandle section={section} commands={props.commands} pixelsPerMm={pixelsPerMm} elements={labelElements} />
      ) : null}
      {content.length > 0 ? (
        <OrientationCube orientation={orientation} rotation={rotation} onView={props.onView} />
      ) : null}
      {content.length > 0 ? <ScaleBar pixelsPerMm={pixelsPerMm} /> : null}
    </>
  );
}

/** Shown while its scan is. */
function InsertionAxis(props: Pick<StageProps, "insertion" | "drawn"> & { offsets: ReadonlyMap<string, Vector3> }) {
  const { insertion, drawn, offsets } = props;
  const shown = drawn.find(({ scan }) => scan.id === insertion?.scanId);
  const mesh = shown?.loaded.full ?? shown?.loaded.low;
  const offset = offsets.get(insertion?.scanId ?? "");
  return insertion && mesh && offset ? <InsertionArrow mesh={mesh} axis={insertion.axis} offset={offset} /> : null;
}

/** Which scans can be framed; another order or a swap for the full mesh is no reason to move the camera. */
function arrivedScans(drawn: readonly DrawnScan[]): string[] {
  return drawn.flatMap(({ scan, loaded }) => (loaded.low || loaded.full ? [scan.id] : [])).toSorted();
}

/** Tells when scans have been drawn for the first time. */
function FirstPicture({ drawn, onPicture }: { drawn: boolean; onPicture: () => void }) {
  const told = useRef(false);
  useFrame(() => {
    if (!drawn || told.current) return;
    told.current = true;
    // Frames are drawn after these callbacks.
    setTimeout(onPicture);
  });
  return null;
}

/** Watches how fast the pictures of a movement follow each other. */
function FrameWatch({ onSlow }: { onSlow: () => void }) {
  const frames = useMemo(() => new SlowFrames(), []);
  useFrame(() => {
    if (frames.drawn(performance.now())) onSlow();
  });
  return null;
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
  return new Vector3(...up).multiplyScalar(jawOf(scan) === "lower" ? -openingMm : 0);
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

/** The values for the mesh that is drawn; the attribute's object stays the same while they do. */
function mapOf(map: StageProps["map"], scanId: string, full: boolean) {
  const own = map?.maps.find((one) => one.scanId === scanId);
  const values = full ? own?.full : own?.low;
  return map && values ? { values, scale: map.scale } : null;
}

function placeMeasurements(
  shown: readonly ShownMeasurement[],
  offsets: ReadonlyMap<string, Vector3>,
): DrawnMeasurement[] {
  const place = ({ scanId, point }: PickedPoint) => new Vector3(...point).add(offsets.get(scanId) ?? new Vector3());
  return shown.map(({ id, points }) => ({ id, points: points.map(place) }));
}

/** Beside the corner of an angle, in the middle of a distance, at a single point. */
function labelMeasurements(drawn: readonly DrawnMeasurement[], shown: readonly ShownMeasurement[]): ScreenLabel[] {
  return drawn.flatMap(({ id, points: [a, b, c] }, i) => {
    const { text } = shown[i]!;
    if (!a || !text) return [];
    return [{ name: id, text, at: c && b ? b : b ? a.clone().add(b).multiplyScalar(0.5) : a }];
  });
}
