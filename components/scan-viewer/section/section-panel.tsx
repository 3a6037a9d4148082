import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { Orientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import { Choice } from "../choice.tsx";
import { SECTION_PRESETS, type SectionPreset, type SectionState, type ViewerAction } from "../viewer-state.ts";
import { SectionLegend } from "./section-legend.tsx";
import { FLAT_TOOLS, type FlatMeasurement, type FlatTool, flatLength, SectionPicture } from "./section-picture.tsx";
import { presetNormal, type SectionView } from "./use-section.ts";

/** The section tool below the stage: where the plane is, what it cuts, and measuring in it. */
export function SectionPanel(props: {
  section: SectionState;
  view: SectionView;
  orientation: Orientation;
  reachMm: number;
  /** Measurements that come with a section opened again. */
  measurements: readonly FlatMeasurement[];
  onMeasurements: (measurements: readonly FlatMeasurement[]) => void;
  onCutScreen: () => void;
  nameOf: (scanId: string) => string;
  dispatch: (action: ViewerAction) => void;
  beside: boolean;
  save: ReactNode;
}) {
  const t = useTranslations("scanViewer.section");
  const { section, view, dispatch, measurements, onMeasurements } = props;
  const [tool, setTool] = useState<FlatTool>("distance");
  const [nothing, setNothing] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: said of the click before, not of another plane or tool
  useEffect(() => setNothing(false), [view.plane, tool]);
  const change = (part: Partial<SectionState>) => {
    // What was measured in one plane means nothing in another.
    if (part.cutAway === undefined) onMeasurements([]);
    dispatch({ type: "section", change: part });
  };
  const choosePreset = (preset: SectionPreset) =>
    change({ preset, normal: presetNormal(preset, props.orientation), positionMm: 0 });
  const measured = (measurement: Omit<FlatMeasurement, "id">) => {
    setNothing(false);
    const id = 1 + Math.max(0, ...measurements.map((other) => other.id));
    onMeasurements([...measurements, { id, ...measurement }]);
  };
  return (
    <section
      aria-label={t("title")}
      className={classNames(
        "flex border-t bg-surface",
        props.beside ? "h-72 shrink-0 flex-row" : "max-h-[70%] min-h-0 flex-col",
      )}
    >
      <div className={classNames("flex flex-col", props.beside ? "min-w-0 flex-1" : "min-h-28 shrink basis-50")}>
        <SectionLegend view={view} nameOf={props.nameOf} />
        <SectionPicture
          view={view}
          tool={tool}
          measurements={measurements}
          onMeasured={measured}
          onNothing={() => setNothing(true)}
        />
      </div>
      <div
        className={classNames(
          "flex flex-col gap-2 overflow-y-auto p-3 text-sm",
          props.beside ? "w-60 shrink-0 border-l" : "min-h-20 shrink basis-48",
        )}
      >
        <Choice
          label={t("plane")}
          value={section.preset ?? ""}
          options={SECTION_PRESETS.map((value) => ({ value, label: t(value) }))}
          onChange={choosePreset}
        />
        <Position section={section} reachMm={props.reachMm} onChange={(positionMm) => change({ positionMm })} />
        <div className="flex items-center gap-2">
          <label className="flex min-w-0 flex-1 items-center gap-1.5 text-xs">
            <input
              type="checkbox"
              checked={section.cutAway}
              onChange={(event) => change({ cutAway: event.target.checked })}
              className="accent-(--accent)"
            />
            {t("cutAway")}
          </label>
          <button type="button" className="text-accent text-xs hover:underline" onClick={props.onCutScreen}>
            {t("fromScreen")}
          </button>
        </div>
        <Choice
          label={t("measure")}
          value={tool}
          options={FLAT_TOOLS.map((value) => ({ value, label: t(value) }))}
          onChange={setTool}
        />
        <p role="status" className="text-muted text-xs">
          {t(nothing ? "noThickness" : `${tool}Hint`)}
        </p>
        {measurements.length > 0 ? (
          <FlatTable
            measurements={measurements}
            onRemove={(id) => onMeasurements(measurements.filter((one) => one.id !== id))}
          />
        ) : null}
        {props.save}
      </div>
    </section>
  );
}

function Position(props: { section: SectionState; reachMm: number; onChange: (mm: number) => void }) {
  const t = useTranslations("scanViewer.section");
  const id = useId();
  const { positionMm } = props.section;
  const reach = Math.ceil(props.reachMm);
  return (
    <div>
      <div className="flex items-baseline justify-between">
        <label htmlFor={id} className="text-xs">
          {t("position")}
        </label>
        <output htmlFor={id} className="text-muted text-xs tabular-nums">
          {t("positionValue", { mm: positionMm })}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={-reach}
        max={reach}
        step={0.1}
        value={positionMm}
        onChange={(event) => props.onChange(event.target.valueAsNumber)}
        className="h-5 w-full accent-(--accent)"
      />
    </div>
  );
}

function FlatTable(props: { measurements: readonly FlatMeasurement[]; onRemove: (id: number) => void }) {
  const t = useTranslations("scanViewer.section");
  const measure = useTranslations("scanViewer.measure");
  return (
    <table aria-label={t("measured")} className="w-full text-xs tabular-nums">
      <tbody>
        {props.measurements.map((one) => (
          <tr key={one.id} className="border-t">
            <th scope="row" className="py-1 text-left font-medium">
              {t("label", { kind: one.kind, id: one.id })}
            </th>
            <td className="py-1 text-right">{measure("value", { mm: flatLength(one) })}</td>
            <td className="w-7 py-0.5 text-right">
              <IconButton
                size="small"
                className="h-6 w-6"
                label={measure("remove", { label: t("label", { kind: one.kind, id: one.id }) })}
                onClick={() => props.onRemove(one.id)}
              >
                <X aria-hidden className="size-3" />
              </IconButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
