"use client";
import { useId, useMemo } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import type { Restoration } from "#lib/orders/order-schema.ts";
import { type RestorationKind, restorationKind } from "#lib/orders/restoration-kind.ts";
import { type Fdi, isDeciduous, isFdi, jawOf } from "#lib/teeth/tooth.ts";
import {
  CHART_WIDTH,
  chartSize,
  crownPath,
  implantPath,
  placeTeeth,
  rootPath,
  shapeOf,
  type ToothPlace,
} from "#lib/teeth/tooth-geometry.ts";
import { useToothWords } from "./use-tooth-words.ts";

type Props = {
  restorations: readonly Restoration[];
  bridges: readonly (readonly number[])[];
  /** Teeth about which something does not fit: a mark stands beside their number. */
  doubtful?: ReadonlySet<number>;
  /** The tooth that is pointed at, here or elsewhere on the page. */
  active: number | null;
  onActive: (fdi: number | null) => void;
};

/** Both arches, seen facing the patient: restorations filled by kind, bridges as bars over the roots. */
export function ToothChart({ restorations, bridges, doubtful, active, onActive }: Props) {
  const t = useTranslations("prescription");
  const clip = useId();
  const byTooth = useMemo(() => groupByTooth(restorations), [restorations]);
  const withDeciduous = [...byTooth.keys(), ...bridges.flat()].some((fdi) => isFdi(fdi) && isDeciduous(fdi));
  const places = useMemo(() => placeTeeth(withDeciduous), [withDeciduous]);
  const { height, middle } = chartSize(withDeciduous);
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG group of named teeth, not a set of form fields
    <svg
      role="group"
      viewBox={`0 0 ${CHART_WIDTH} ${height}`}
      className="block w-full select-none"
      aria-label={t("chart")}
      onPointerLeave={() => onActive(null)}
    >
      <line
        x1={CHART_WIDTH / 2}
        x2={CHART_WIDTH / 2}
        y1="6"
        y2={height - 6}
        stroke="var(--border)"
        strokeDasharray="2 3"
      />
      <line x1="14" x2={CHART_WIDTH - 14} y1={middle} y2={middle} stroke="var(--border)" />
      <text x="4" y={middle + 3.2} className="fill-muted font-semibold text-[9px]">
        <title>{t("patientRight")}</title>
        {t("right")}
      </text>
      <text x={CHART_WIDTH - 4} y={middle + 3.2} textAnchor="end" className="fill-muted font-semibold text-[9px]">
        <title>{t("patientLeft")}</title>
        {t("left")}
      </text>
      {bridges.map((span) => (
        <BridgeBar key={`${clip}${span.join("-")}`} span={span} places={places} />
      ))}
      {places.map((place) => (
        <Tooth
          key={place.fdi}
          place={place}
          restorations={byTooth.get(place.fdi) ?? []}
          active={active === place.fdi}
          isDoubtful={doubtful?.has(place.fdi) ?? false}
          onActive={onActive}
        />
      ))}
    </svg>
  );
}

function Tooth(props: {
  place: ToothPlace;
  restorations: readonly Restoration[];
  active: boolean;
  isDoubtful: boolean;
  onActive: (fdi: number | null) => void;
}) {
  const t = useTranslations("prescription");
  const words = useToothWords();
  const { place, restorations, active, isDoubtful } = props;
  const shape = shapeOf(place.fdi);
  const kind = restorations[0] ? restorationKind(restorations[0]) : null;
  const name = words.longName(place.fdi);
  const what = restorations.length > 0 ? restorations.map(words.describe).join("; ") : t("healthy");
  const label = t(isDoubtful ? "toothDoubtful" : "toothWith", { tooth: name, what });
  const numberAt = place.flip ? place.neck - place.crown - 3.4 : place.neck + place.crown + 9.6;
  const point = () => props.onActive(place.fdi);
  const ordered = kind !== null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: ordered teeth are images with a name; the rest only follow the pointer
    <g
      {...(ordered ? { role: "img", tabIndex: 0, "aria-label": label } : { "aria-hidden": true })}
      onPointerEnter={point}
      onFocus={point}
      onBlur={() => props.onActive(null)}
      className={classNames("outline-none", ordered ? "cursor-pointer" : "")}
    >
      <title>{label}</title>
      <rect
        x={place.x - place.width / 2}
        y={place.flip ? numberAt - 8 : place.neck - place.root}
        width={place.width}
        height={place.root + place.crown + 12}
        fill="transparent"
      />
      <g transform={`translate(${place.x} ${place.neck})${place.flip ? " scale(1 -1)" : ""}`} strokeLinejoin="round">
        <Root kind={kind} shape={shape} place={place} />
        <path
          d={crownPath(shape, place.width, place.crown)}
          fill={kind ? `var(--tooth-${kind})` : "var(--tooth)"}
          stroke={active ? "var(--accent)" : ordered ? "var(--text)" : "var(--tooth-outline)"}
          strokeWidth={active ? 2 : ordered ? 1.1 : 0.8}
        />
      </g>
      {isDoubtful && (
        <path
          d={`M${place.x} ${numberAt - 11.5 + (place.flip ? 13.5 : 0)} l3.4 5.9 h-6.8 z`}
          fill="var(--pending)"
          stroke="var(--surface)"
          strokeWidth="0.8"
        />
      )}
      <text
        x={place.x}
        y={numberAt}
        textAnchor="middle"
        className={classNames(
          "text-[8.5px]",
          active ? "fill-accent font-bold" : ordered ? "fill-text font-bold" : "fill-muted",
        )}
      >
        {words.number(place.fdi)}
      </text>
    </g>
  );
}

/** A pontic has no root; an implant has a screw. */
function Root({
  kind,
  shape,
  place,
}: {
  kind: RestorationKind | null;
  shape: ReturnType<typeof shapeOf>;
  place: ToothPlace;
}) {
  if (place.root === 0 || kind === "pontic" || kind === "denture") return null;
  if (kind === "implant")
    return <path d={implantPath(place.width, place.root)} fill="var(--surface)" stroke="var(--text)" strokeWidth="1" />;
  return (
    <path
      d={rootPath(shape, place.width, place.root)}
      fill="var(--surface-sunken)"
      stroke="var(--tooth-outline)"
      strokeWidth="0.7"
    />
  );
}

/** A bar over the roots from the first to the last tooth of each jaw the span touches. */
function BridgeBar({ span, places }: { span: readonly number[]; places: readonly ToothPlace[] }) {
  const members = places.filter((place) => span.includes(place.fdi));
  return (["upper", "lower"] as const).map((jaw) => {
    const here = members.filter((place) => jawOf(place.fdi) === jaw);
    if (here.length === 0) return null;
    const left = Math.min(...here.map((place) => place.x - place.width / 2)) + 1.5;
    const right = Math.max(...here.map((place) => place.x + place.width / 2)) - 1.5;
    const outer = Math.max(...here.map((place) => place.root)) + 5;
    const y = here[0]!.flip ? here[0]!.neck + outer : here[0]!.neck - outer;
    const inward = here[0]!.flip ? -4 : 4;
    return (
      <path
        key={jaw}
        d={`M${left} ${y + inward} L${left} ${y} L${right} ${y} L${right} ${y + inward}`}
        fill="none"
        stroke="var(--text)"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    );
  });
}

function groupByTooth(restorations: readonly Restoration[]): Map<Fdi, Restoration[]> {
  const byTooth = new Map<Fdi, Restoration[]>();
  for (const restoration of restorations) {
    const fdi = restoration.tooth?.fdi;
    if (fdi === undefined || !isFdi(fdi)) continue;
    byTooth.set(fdi, [...(byTooth.get(fdi) ?? []), restoration]);
  }
  return byTooth;
}
