import { ArrowLeftRight } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/button.tsx";
import type { DeviationSummary } from "#lib/mesh/measure/deviations.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { LaidOn } from "../measuring/measure-messages.ts";
import { useScanName } from "../scan-names.ts";
import type { Signal } from "../signal.ts";
import { type CompareState, MOST_DEVIATION_MM, type ViewerAction } from "../viewer-state.ts";
import { Legend, LengthSlider, Panel, Working } from "./map-parts.tsx";
import { type MapProgress, TOLERANCE_MM } from "./use-maps.ts";

/** Two versions of a scan: which ones, how they were laid on each other, and how far they differ. */
export function ComparePanel(props: {
  compare: CompareState | null;
  deviationMm: number;
  progress: MapProgress<{ laid: LaidOn; summary: DeviationSummary }> | null;
  /** The scans with a surface, of all bite groups. */
  surfaces: readonly ScanView[];
  underPointer: Signal<number | null>;
  dispatch: (action: ViewerAction) => void;
  save: ReactNode;
}) {
  const t = useTranslations("scanViewer.compare");
  const { compare, deviationMm, progress, surfaces, dispatch } = props;
  if (surfaces.length < 2) return <Panel title={t("title")}>{t("oneScan")}</Panel>;
  const referenceId = compare?.referenceId ?? "";
  const scanId = compare?.scanId ?? "";
  const choose = (change: Partial<CompareState>) => {
    const next = { referenceId, scanId, ...change };
    const other = surfaces.find(({ id }) => id !== next.referenceId)?.id ?? "";
    const different = next.scanId && next.scanId !== next.referenceId ? next.scanId : other;
    dispatch({ type: "compare", compare: { referenceId: next.referenceId, scanId: different } });
  };
  return (
    <Panel title={t("title")}>
      <div className="flex items-end gap-1.5">
        <ScanChoice
          label={t("reference")}
          value={referenceId}
          scans={surfaces}
          onChange={(id) => choose({ referenceId: id })}
        />
        <IconButton
          size="small"
          label={t("swap")}
          disabled={!compare}
          onClick={() => dispatch({ type: "compare", compare: { referenceId: scanId, scanId: referenceId } })}
        >
          <ArrowLeftRight aria-hidden className="size-3.5" />
        </IconButton>
        <ScanChoice
          label={t("compared")}
          value={scanId}
          scans={surfaces.filter(({ id }) => id !== referenceId)}
          onChange={(id) => choose({ scanId: id })}
        />
      </div>
      {compare ? (
        <>
          <LengthSlider
            label={t("range")}
            value={deviationMm}
            text={t("millimetres", { mm: deviationMm })}
            min={0.02}
            max={MOST_DEVIATION_MM}
            step={0.02}
            onChange={(mm) => dispatch({ type: "deviation", mm })}
          />
          <Legend
            diverging
            low={t("missing", { mm: deviationMm })}
            middle={t("same")}
            high={t("added", { mm: deviationMm })}
            underPointer={props.underPointer}
          />
          {progress?.state === "shown" ? <Findings {...progress} /> : <Working progress={progress} />}
          {props.save}
        </>
      ) : (
        <p className="text-muted text-xs">{t("choose")}</p>
      )}
    </Panel>
  );
}

function ScanChoice(props: {
  label: string;
  value: string;
  scans: readonly ScanView[];
  onChange: (id: string) => void;
}) {
  const t = useTranslations("scanViewer.compare");
  const nameOf = useScanName(props.scans);
  return (
    <label className="grid min-w-0 gap-0.5 text-muted text-xs">
      {props.label}
      <select
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className="field-box h-7 max-w-48 px-1.5 text-text text-xs"
      >
        {props.value ? null : <option value="">{t("none")}</option>}
        {props.scans.map((scan) => (
          <option key={scan.id} value={scan.id}>
            {nameOf(scan)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Findings({ laid, summary }: { laid: LaidOn; summary: DeviationSummary }) {
  const t = useTranslations("scanViewer.compare");
  const mm = (value: number) => t("signed", { mm: value });
  const rows = [
    ["mean", mm(summary.meanMm)],
    ["rms", t("exactly", { mm: summary.rmsMm })],
    ["middle", t("between", { low: summary.lowMm, high: summary.highMm })],
    ["extremes", t("between", { low: summary.lowestMm, high: summary.highestMm })],
    ["within", t("share", { share: summary.within, mm: TOLERANCE_MM })],
    ["comparable", t("areas", { compared: summary.comparedMm2, whole: summary.wholeMm2 })],
    ["laid", t("laidOn", { um: laid.rmsUm, share: laid.matched })],
  ] as const;
  return (
    <table aria-label={t("found")} className="text-xs tabular-nums">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name} data-deviation={name}>
            <th scope="row" className="whitespace-nowrap py-px pr-4 text-left font-normal text-muted">
              {t(name)}
            </th>
            <td className="text-right">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
