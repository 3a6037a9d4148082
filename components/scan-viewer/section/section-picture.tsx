import { type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { type FlatPoint, nearestOnContours, thicknessAt } from "#lib/mesh/measure/contour-places.ts";
import { chooseScale } from "../stage/choose-scale.ts";
import type { ScanLines, SectionView } from "./use-section.ts";

export const FLAT_TOOLS = ["distance", "thickness"] as const;
export type FlatTool = (typeof FLAT_TOOLS)[number];

/** A measurement in the picture: x y in the plane's axes, mm. */
export interface FlatMeasurement {
  id: number;
  kind: FlatTool;
  from: FlatPoint;
  to: FlatPoint;
}

export const flatLength = ({ from, to }: Pick<FlatMeasurement, "from" | "to">): number =>
  Math.hypot(to[0] - from[0], to[1] - from[1]);

/** A click this near to a line means the line, CSS pixels. */
const SNAP_PIXELS = 12;
const PADDING = 0.9;
const LARGEST_ZOOM = 200;
const WHEEL_ZOOM = 0.0016;
const CLICK_REACH = 4;

interface Frame {
  /** In the middle of the picture, mm. */
  centre: FlatPoint;
  pixelsPerMm: number;
}

/** The section as a drawing to scale: wheel zooms, dragging moves, clicks measure. */
export function SectionPicture(props: {
  view: SectionView;
  tool: FlatTool;
  measurements: readonly FlatMeasurement[];
  onMeasured: (measured: Omit<FlatMeasurement, "id">) => void;
  onNothing: () => void;
}) {
  const t = useTranslations("scanViewer.section");
  const { view, tool } = props;
  const box = useRef<SVGSVGElement>(null);
  const size = useSize(box);
  const [moved, setMoved] = useState<Frame | null>(null);
  const [draft, setDraft] = useState<FlatPoint | null>(null);
  const fitted = useMemo(() => fitFrame(view.lines, size), [view.lines, size]);
  const frame = moved ?? fitted;
  const toPixels = ([x, y]: FlatPoint): FlatPoint => [
    size.width / 2 + (x - frame.centre[0]) * frame.pixelsPerMm,
    size.height / 2 - (y - frame.centre[1]) * frame.pixelsPerMm,
  ];
  const toMm = (x: number, y: number): FlatPoint => [
    frame.centre[0] + (x - size.width / 2) / frame.pixelsPerMm,
    frame.centre[1] - (y - size.height / 2) / frame.pixelsPerMm,
  ];
  // A draft belongs to the plane it was begun in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plane or tool is the reason
  useEffect(() => setDraft(null), [view.plane, tool]);

  const click = (x: number, y: number) => {
    const asked = toMm(x, y);
    const near = nearestOfScans(view.lines, asked);
    const snapped = near && near.place.distance * frame.pixelsPerMm <= SNAP_PIXELS ? near : null;
    if (tool === "thickness") {
      const through = snapped && thicknessAt(snapped.line.contours, snapped.place);
      if (!through) return props.onNothing();
      return props.onMeasured({ kind: "thickness", from: snapped.place.point, to: through.to });
    }
    const point = snapped?.place.point ?? asked;
    if (!draft) return setDraft(point);
    setDraft(null);
    props.onMeasured({ kind: "distance", from: draft, to: point });
  };
  const hand = useHand({
    click,
    pan: (dx, dy) =>
      setMoved({
        ...frame,
        centre: [frame.centre[0] - dx / frame.pixelsPerMm, frame.centre[1] + dy / frame.pixelsPerMm],
      }),
  });
  useWheel(box, (pixels, x, y) => {
    const pixelsPerMm = Math.min(LARGEST_ZOOM, Math.max(0.5, frame.pixelsPerMm * Math.exp(-pixels * WHEEL_ZOOM)));
    const at = toMm(x, y);
    const share = frame.pixelsPerMm / pixelsPerMm;
    setMoved({
      pixelsPerMm,
      centre: [at[0] + (frame.centre[0] - at[0]) * share, at[1] + (frame.centre[1] - at[1]) * share],
    });
  });
  const scale = chooseScale(frame.pixelsPerMm);
  return (
    <div className="relative min-h-0 w-full flex-1 overflow-hidden bg-stage text-on-stage">
      <svg
        ref={box}
        role="img"
        aria-label={t("picture")}
        data-lines={view.linesOf === view.plane ? view.lines.reduce((sum, line) => sum + line.contours.length, 0) : ""}
        className="absolute inset-0 h-full w-full cursor-crosshair touch-none select-none"
        onDoubleClick={() => setMoved(null)}
        {...hand}
      >
        <title>{t("picture")}</title>
        <Grid frame={frame} size={size} toPixels={toPixels} />
        {view.lines.map(({ scanId, colour, contours }) => (
          <path
            key={scanId}
            d={contours.map(({ points, closed }) => pathOf(points, toPixels) + (closed ? "Z" : "")).join("")}
            fill="none"
            stroke={colour}
            strokeWidth={1.6}
            strokeLinejoin="round"
          />
        ))}
        {props.measurements.map((measurement) => (
          <FlatLine key={measurement.id} measurement={measurement} toPixels={toPixels} />
        ))}
        {draft ? <Dot at={toPixels(draft)} /> : null}
      </svg>
      <div aria-hidden className="pointer-events-none absolute right-2 bottom-1.5 text-[11px] tabular-nums">
        <div className="text-center leading-4" style={{ width: scale.pixels }}>
          {scale.mm} mm
        </div>
        <div className="h-1.5 border-current border-x border-b" style={{ width: scale.pixels }} />
      </div>
      {view.lines.every(({ contours }) => contours.length === 0) ? (
        <p role="status" className="absolute inset-x-2 top-1/2 -translate-y-1/2 text-center text-xs">
          {t(view.linesOf ? "empty" : "loading")}
        </p>
      ) : null}
    </div>
  );
}

/** Millimetres, and every fifth stronger. */
function Grid(props: {
  frame: Frame;
  size: { width: number; height: number };
  toPixels: (point: FlatPoint) => FlatPoint;
}) {
  const { frame, size, toPixels } = props;
  const step = frame.pixelsPerMm > 9 ? 1 : 5;
  const reach = [size.width, size.height].map((pixels) => pixels / 2 / frame.pixelsPerMm) as [number, number];
  const lines: { key: string; x1: number; y1: number; x2: number; y2: number; strong: boolean }[] = [];
  for (const axis of [0, 1] as const) {
    const first = Math.ceil((frame.centre[axis] - reach[axis]) / step) * step;
    for (let mm = first; mm <= frame.centre[axis] + reach[axis]; mm += step) {
      const at = toPixels(axis === 0 ? [mm, 0] : [0, mm])[axis];
      const ends = axis === 0 ? { x1: at, x2: at, y1: 0, y2: size.height } : { x1: 0, x2: size.width, y1: at, y2: at };
      lines.push({ key: `${axis} ${mm}`, ...ends, strong: mm % 5 === 0 });
    }
  }
  return (
    <g stroke="white" strokeWidth={1}>
      {lines.map(({ key, strong, ...ends }) => (
        <line key={key} {...ends} opacity={strong ? 0.14 : 0.05} />
      ))}
    </g>
  );
}

function FlatLine({ measurement, toPixels }: { measurement: FlatMeasurement; toPixels: (p: FlatPoint) => FlatPoint }) {
  const t = useTranslations("scanViewer.measure");
  const [x1, y1] = toPixels(measurement.from);
  const [x2, y2] = toPixels(measurement.to);
  return (
    <g>
      <line x1={x1} y1={y1} x2={x2} y2={y2} stroke="white" strokeWidth={1.5} strokeDasharray="4 3" />
      <Dot at={[x1, y1]} />
      <Dot at={[x2, y2]} />
      <text
        x={(x1 + x2) / 2}
        y={(y1 + y2) / 2 - 6}
        textAnchor="middle"
        fill="white"
        stroke="black"
        strokeOpacity={0.65}
        strokeWidth={3}
        paintOrder="stroke"
        className="font-medium text-xs tabular-nums"
      >
        {t("value", { mm: flatLength(measurement) })}
      </text>
    </g>
  );
}

function Dot({ at: [cx, cy] }: { at: FlatPoint }) {
  return <circle cx={cx} cy={cy} r={3.5} fill="white" stroke="black" strokeOpacity={0.5} />;
}

function nearestOfScans(lines: readonly ScanLines[], point: FlatPoint) {
  const found = lines.flatMap((line) => {
    const place = nearestOnContours(line.contours, point);
    return place ? [{ line, place }] : [];
  });
  return found.toSorted((a, b) => a.place.distance - b.place.distance)[0] ?? null;
}

function pathOf(points: Float64Array, toPixels: (point: FlatPoint) => FlatPoint): string {
  let path = "";
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = toPixels([points[i]!, points[i + 1]!]);
    path += `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
  }
  return path;
}

function fitFrame(lines: readonly ScanLines[], { width, height }: { width: number; height: number }): Frame {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { contours } of lines)
    for (const { points } of contours)
      for (const [i, value] of points.entries()) {
        low[i % 2] = Math.min(low[i % 2]!, value);
        high[i % 2] = Math.max(high[i % 2]!, value);
      }
  if (low[0]! > high[0]!) return { centre: [0, 0], pixelsPerMm: 8 };
  const fit = Math.min(width / Math.max(1, high[0]! - low[0]!), height / Math.max(1, high[1]! - low[1]!));
  return { centre: [(low[0]! + high[0]!) / 2, (low[1]! + high[1]!) / 2], pixelsPerMm: Math.max(0.5, fit * PADDING) };
}

function useSize(element: RefObject<Element | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 300, height: 200 });
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** A press that hardly moves is a click; one that moves is a drag. Pixels from the element's corner. */
function useHand(handlers: { click: (x: number, y: number) => void; pan: (dx: number, dy: number) => void }) {
  const press = useRef<{ x: number; y: number; travelled: number } | null>(null);
  return {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      press.current = { x: event.clientX, y: event.clientY, travelled: 0 };
    },
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      if (!press.current) return;
      const [dx, dy] = [event.clientX - press.current.x, event.clientY - press.current.y];
      const travelled = press.current.travelled + Math.hypot(dx, dy);
      press.current = { x: event.clientX, y: event.clientY, travelled };
      if (travelled >= CLICK_REACH) handlers.pan(dx, dy);
    },
    onPointerUp: (event: PointerEvent<SVGSVGElement>) => {
      const box = event.currentTarget.getBoundingClientRect();
      if (press.current && press.current.travelled < CLICK_REACH)
        handlers.click(event.clientX - box.left, event.clientY - box.top);
      press.current = null;
    },
    onPointerCancel: () => {
      press.current = null;
    },
  };
}

function useWheel(element: RefObject<Element | null>, zoom: (pixels: number, x: number, y: number) => void): void {
  const latest = useRef(zoom);
  latest.current = zoom;
  useEffect(() => {
    const stop = new AbortController();
    element.current?.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const { deltaY, clientX, clientY } = event as WheelEvent;
        const box = element.current!.getBoundingClientRect();
        latest.current(deltaY, clientX - box.left, clientY - box.top);
      },
      { passive: false, signal: stop.signal },
    );
    return () => stop.abort();
  }, [element]);
}
