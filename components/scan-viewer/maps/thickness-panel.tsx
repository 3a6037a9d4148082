import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { Choice } from "../choice.tsx";
import type { ContactRow } from "../measuring/measure-messages.ts";
import { useScanName } from "../scan-names.ts";
import type { Signal } from "../signal.ts";
import { MOST_THICKNESS_MM, type ViewerAction } from "../viewer-state.ts";
import { AreaTable, Legend, LengthSlider, Panel, Working } from "./map-parts.tsx";
import type { MapProgress } from "./use-maps.ts";

/** The thickness map: of which scan, what counts as thin, and how much of it there is. */
export function ThicknessPanel(props: {
  scanId: string | null;
  thinMm: number;
  progress: MapProgress<{ rows: readonly ContactRow[] }> | null;
  /** The surfaces that are drawn. */
  drawn: readonly ScanView[];
  scans: readonly ScanView[];
  underPointer: Signal<number | null>;
  dispatch: (action: ViewerAction) => void;
  save: ReactNode;
}) {
  const t = useTranslations("scanViewer.thickness");
  const nameOf = useScanName(props.scans);
  const { progress, thinMm, scanId, dispatch } = props;
  const scan = props.scans.find(({ id }) => id === scanId);
  return (
    <Panel title={t("title")}>
      <Choice
        label={t("of")}
        value={scanId ?? ""}
        options={props.drawn.map((one) => ({ value: one.id, label: nameOf(one) }))}
        onChange={(id) => dispatch({ type: "thickness", scanId: id })}
      />
      {scan ? (
        <>
          <LengthSlider
            label={t("thin")}
            value={thinMm}
            text={t("millimetres", { mm: thinMm })}
            min={0.1}
            max={MOST_THICKNESS_MM}
            step={0.05}
            onChange={(mm) => dispatch({ type: "thin", mm })}
          />
          <Legend
            low={t("millimetres", { mm: 0 })}
            high={t("millimetres", { mm: thinMm })}
            underPointer={props.underPointer}
          />
          {progress?.state === "shown" ? (
            <AreaTable
              label={t("found")}
              rows={progress.rows.map((row) => ({
                id: row.scanId,
                name: nameOf(scan),
                count: t("count", { count: row.count }),
                area: t("area", { area: row.areaMm2 }),
                depth: row.deepestMm === null ? t("noWall") : t("thinnest", { mm: row.deepestMm }),
              }))}
            />
          ) : (
            <Working progress={progress} />
          )}
          {props.save}
        </>
      ) : (
        <p className="text-muted text-xs">{t("choose")}</p>
      )}
    </Panel>
  );
}
