import { ToggleGroup } from "radix-ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { LoadedScans } from "./mesh-library.ts";
import { ScanRow } from "./scan-row.tsx";
import { biteGroupsOf, MOST_OPENING_MM, scansOfGroup, type ViewerAction, type ViewerState } from "./viewer-state.ts";

export interface JawsPanelProps {
  scans: readonly ScanView[];
  loaded: LoadedScans;
  state: ViewerState;
  dispatch: (action: ViewerAction) => void;
  /** Loads a preview again that did not arrive. */
  onReload: (scanId: string) => void;
  /** What the tools have to say, below the scans. */
  children?: ReactNode;
}

const ORDER = { upper: 0, lower: 1, bite: 2, other: 3 } as const;

/** The scans of the case and how each is shown. */
export function JawsPanel({ scans, loaded, state, dispatch, onReload, children }: JawsPanelProps) {
  const t = useTranslations("scanViewer.jaws");
  const groups = biteGroupsOf(scans);
  const listed = scansOfGroup(scans, state).toSorted(
    (a, b) => ORDER[a.jaw ?? "other"] - ORDER[b.jaw ?? "other"] || a.name.localeCompare(b.name),
  );
  const bothJaws = ["upper", "lower"].every((jaw) => listed.some((s) => s.jaw === jaw && s.state === "ready"));
  return (
    <div className="flex flex-col gap-3 p-3">
      {groups.length > 1 ? (
        <ToggleGroup.Root
          type="single"
          aria-label={t("biteGroup")}
          value={listed.find((scan) => scan.biteGroup !== null)?.biteGroup ?? groups[0]}
          onValueChange={(group) => group && dispatch({ type: "biteGroup", group })}
          className="flex rounded-md border bg-sunken p-0.5"
        >
          {groups.map((group) => (
            <ToggleGroup.Item
              key={group}
              value={group}
              className="h-6 flex-1 truncate rounded px-1.5 text-muted text-xs data-[state=on]:bg-surface data-[state=on]:font-medium data-[state=on]:text-text data-[state=on]:shadow-sm"
            >
              {group}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
      ) : null}
      <ul className="flex flex-col gap-3" aria-label={t("title")}>
        {listed.map((scan) => (
          <ScanRow
            key={scan.id}
            scan={scan}
            scans={scans}
            loaded={loaded.get(scan.id) ?? null}
            state={state}
            dispatch={dispatch}
            onReload={onReload}
          />
        ))}
      </ul>
      {bothJaws ? <OpeningSlider mm={state.openingMm} onChange={(mm) => dispatch({ type: "opening", mm })} /> : null}
      {children}
    </div>
  );
}

function OpeningSlider({ mm, onChange }: { mm: number; onChange: (mm: number) => void }) {
  const t = useTranslations("scanViewer.jaws");
  const id = useId();
  return (
    <div className="border-t pt-3">
      <div className="flex items-baseline justify-between text-sm">
        <label htmlFor={id}>{t("opening")}</label>
        <output htmlFor={id} className="text-muted text-xs tabular-nums">
          {t("millimetres", { mm })}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={MOST_OPENING_MM}
        step={1}
        value={mm}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="mt-1 h-5 w-full accent-(--accent)"
      />
    </div>
  );
}
