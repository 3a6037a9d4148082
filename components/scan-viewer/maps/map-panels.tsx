import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { ContactRow } from "../measuring/measure-messages.ts";
import { useScanName } from "../scan-names.ts";
import type { Signal } from "../signal.ts";
import { MOST_CONTACT_MM, type UndercutState, type ViewerAction } from "../viewer-state.ts";
import { AreaTable, Legend, LengthSlider, Panel, Working } from "./map-parts.tsx";
import type { MapProgress } from "./use-maps.ts";

/** Depths are coloured up to this, mm. */
export const UNDERCUT_RANGE_MM = 2;

/** The contact map's threshold, legend, and what it counts. */
export function ContactsPanel(props: {
  progress: MapProgress<{ rows: readonly ContactRow[] }> | null;
  hasBothJaws: boolean;
  withinMm: number;
  scans: readonly ScanView[];
  underPointer: Signal<number | null>;
  dispatch: (action: ViewerAction) => void;
  save: ReactNode;
}) {
  const t = useTranslations("scanViewer.contacts");
  const nameOf = useScanName(props.scans);
  const { progress, withinMm } = props;
  if (!props.hasBothJaws) return <Panel title={t("title")}>{t("oneJaw")}</Panel>;
  return (
    <Panel title={t("title")}>
      <LengthSlider
        label={t("threshold")}
        value={withinMm}
        text={t("millimetres", { mm: withinMm })}
        min={0.02}
        max={MOST_CONTACT_MM}
        step={0.02}
        onChange={(mm) => props.dispatch({ type: "contacts", withinMm: mm })}
      />
      <Legend
        low={t("through", { mm: withinMm })}
        middle={t("touching")}
        high={t("millimetres", { mm: withinMm })}
        underPointer={props.underPointer}
      />
      {progress?.state === "shown" ? (
        <AreaTable
          label={t("found")}
          rows={progress.rows.map((row) => {
            const scan = props.scans.find((one) => one.id === row.scanId);
            return {
              id: row.scanId,
              name: scan ? nameOf(scan) : "",
              count: t("count", { count: row.count }),
              area: t("area", { area: row.areaMm2 }),
              depth: row.deepestMm === null ? t("farApart") : t("nearest", { mm: row.deepestMm }),
            };
          })}
        />
      ) : (
        <Working progress={progress} />
      )}
      {props.save}
    </Panel>
  );
}

/** The undercut map: where its axis comes from, and how much it finds. */
export function UndercutPanel(props: {
  undercut: UndercutState | null;
  progress: MapProgress<{ areaMm2: number; deepestMm: number }> | null;
  /** The scans that are drawn. */
  drawn: readonly ScanView[];
  scans: readonly ScanView[];
  underPointer: Signal<number | null>;
  onFromView: (scanId: string) => void;
  save: ReactNode;
}) {
  const t = useTranslations("scanViewer.undercut");
  const nameOf = useScanName(props.scans);
  const { undercut, progress } = props;
  const scan = props.scans.find(({ id }) => id === undercut?.scanId);
  return (
    <Panel title={t("title")}>
      <div className="flex flex-wrap items-center gap-1.5">
        <span className="text-muted text-xs">{t("fromView")}</span>
        {props.drawn.map((one) => (
          <Button key={one.id} size="small" onClick={() => props.onFromView(one.id)}>
            {nameOf(one)}
          </Button>
        ))}
        <span className="text-muted text-xs">{t("orArea")}</span>
      </div>
      {undercut ? (
        <>
          <Legend
            reversed
            low={t("millimetres", { mm: 0 })}
            high={t("deeper", { mm: UNDERCUT_RANGE_MM })}
            underPointer={props.underPointer}
          />
          {progress?.state === "shown" ? (
            <p className="text-xs tabular-nums" data-undercut-area={progress.areaMm2.toFixed(3)}>
              <span className="font-medium">{scan ? nameOf(scan) : ""}</span>{" "}
              {t("found", { area: progress.areaMm2, mm: progress.deepestMm })}{" "}
              <span className="text-muted">{t(undercut.from === "view" ? "axisOfView" : "axisOfArea")}</span>
            </p>
          ) : (
            <Working progress={progress} />
          )}
          {props.save}
        </>
      ) : null}
    </Panel>
  );
}
