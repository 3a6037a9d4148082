import { MoveVertical } from "lucide-react";
import { type PointerEvent, type RefObject, useRef } from "react";
import type { SectionView } from "#components/scan-viewer/section/use-section.ts";
import type { Signal } from "#components/scan-viewer/signal.ts";
import { dot } from "#components/scan-viewer/vector.ts";
import type { CameraCommands } from "./camera-rig.tsx";
import type { LabelElements } from "./screen-labels.tsx";

/** The section tool on the stage. */
export interface ShownSection extends SectionView {
  reachMm: number;
  cutAway: boolean;
  /** The handle was dragged along the plane's normal, mm. */
  onMove: (byMm: number) => void;
  handleLabel: string;
  positionMm: number;
}

/** The name under which the handle follows its point of the scene. */
export const SECTION_HANDLE = "section-handle";

/** Where the plane is seen nearly from the front its way hardly shows: from this much on (px per mm) the way counts. */
const LEAST_SHOWN = 0.25;

/** Moves the plane along its normal: dragged on the screen, or with the arrow keys by a tenth of a millimetre. */
export function SectionHandle(props: {
  section: ShownSection;
  commands: RefObject<CameraCommands | null>;
  pixelsPerMm: Signal<number>;
  elements: LabelElements;
}) {
  const { section, elements } = props;
  const held = useRef<{ x: number; y: number } | null>(null);

  /** Millimetres along the normal for a way on the screen. */
  const along = (dx: number, dy: number): number => {
    const axes = props.commands.current?.axes();
    if (!axes) return 0;
    const perMm = props.pixelsPerMm.get();
    const [x, y] = [dot(section.plane.normal, axes.right), -dot(section.plane.normal, axes.up)];
    const shown = x * x + y * y;
    return shown > LEAST_SHOWN ** 2 ? (dx * x + dy * y) / (perMm * shown) : -dy / perMm;
  };
  const move = (event: PointerEvent) => {
    if (!held.current) return;
    const byMm = along(event.clientX - held.current.x, event.clientY - held.current.y);
    held.current = { x: event.clientX, y: event.clientY };
    if (byMm !== 0) section.onMove(byMm);
  };
  return (
    <div className="pointer-events-none absolute inset-0 overflow-hidden">
      <div
        ref={(element) => {
          if (element) elements.current.set(SECTION_HANDLE, element);
          return () => {
            elements.current.delete(SECTION_HANDLE);
          };
        }}
        role="slider"
        tabIndex={0}
        aria-label={section.handleLabel}
        aria-valuenow={Math.round(section.positionMm * 10) / 10}
        aria-valuemin={-Math.ceil(section.reachMm)}
        aria-valuemax={Math.ceil(section.reachMm)}
        title={section.handleLabel}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          held.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={move}
        onPointerUp={() => {
          held.current = null;
        }}
        onKeyDown={(event) => {
          const step = { ArrowUp: 0.1, ArrowRight: 0.1, ArrowDown: -0.1, ArrowLeft: -0.1 }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          section.onMove(step * (event.shiftKey ? 10 : 1));
        }}
        className="pointer-events-auto invisible absolute top-0 left-0 grid size-7 cursor-grab touch-none place-items-center rounded-full border border-black/40 bg-white text-black shadow active:cursor-grabbing"
      >
        <MoveVertical aria-hidden className="size-4" />
      </div>
    </div>
  );
}
