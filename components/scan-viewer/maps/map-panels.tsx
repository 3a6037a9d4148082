import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { ContactRow } from "../measuring/measure-messages.ts";
import { useScanName } from "../scan-names.ts";
import { type Signal, useSignal } from "../signal.ts";
import { MOST_CONTACT_MM, type UndercutState, type ViewerAction } from "../viewer-state.ts";
import { paletteGradient } from "./palette.ts";
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
  const id = useId();
  const { progress, withinMm } = props;
  if (!props.hasBothJaws) return <Panel title={t("title")}>{t("oneJaw")}</Panel>;
  return (
    <Panel title={t("title")}>
      <div className="min-w-44 flex-1">
        <div className="flex items-baseline justify-between">
          <label htmlFor={id} className="text-xs">
            {t("threshold")}
          </label>
          <output htmlFor={id} className="text-muted text-xs tabular-nums">
            {t("millimetres", { mm: withinMm })}
          </output>
        </div>
        <input
          id={id}
          type="range"
          min={0.02}
          max={MOST_CONTACT_MM}
          step={0.02}
          value={withinMm}
          onChange={(event) => props.dispatch({ type: "contacts", withinMm: event.target.valueAsNumber })}
          className="h-5 w-full accent-(--accent)"
        />
      </div>
      <Legend
        low={t("through", { mm: withinMm })}
        middle={t("touching")}
        high={t("millimetres", { mm: withinMm })}
        underPointer={props.underPointer}
      />
      {progress?.state === "shown" ? (
        <table aria-label={t("found")} className="whitespace-nowrap text-xs tabular-nums">
          <tbody>
            {progress.rows.map((row) => {
              const scan = props.scans.find((one) => one.id === row.scanId);
              return (
                <tr key={row.scanId}>
                  <th scope="row" className="pr-3 text-left font-medium">
                    {scan ? nameOf(scan) : ""}
                  </th>
                  <td className="pr-3 text-right">{t("count", { count: row.count })}</td>
                  <td className="pr-3 text-right">{t("area", { area: row.areaMm2 })}</td>
                  <td className="text-right text-muted">
                    {row.deepestMm === null ? t("farApart") : t("nearest", { mm: row.deepestMm })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
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

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="flex max-h-60 shrink-0 flex-wrap items-center gap-x-5 gap-y-2 overflow-y-auto border-t bg-surface px-3 py-2 text-sm"
    >
      {children}
    </section>
  );
}

function Working({ progress }: { progress: { state: string } | null }) {
  const t = useTranslations("scanViewer.maps");
  const failed = progress?.state === "failed";
  return (
    <p role="status" className={classNames("text-muted text-xs", !failed && "pulse-soft")}>
      {t(failed ? "failed" : "computing")}
    </p>
  );
}

function Legend(props: {
  low: string;
  middle?: string;
  high: string;
  reversed?: boolean;
  underPointer: Signal<number | null>;
}) {
  const t = useTranslations("scanViewer.maps");
  const value = useSignal(props.underPointer);
  return (
    <div className="w-56">
      <div
        aria-hidden
        className={classNames("h-2.5 rounded-sm", props.reversed && "-scale-x-100")}
        style={{ background: paletteGradient }}
      />
      <div className="flex justify-between text-[11px] text-muted tabular-nums leading-4">
        <span>{props.low}</span>
        {props.middle ? <span>{props.middle}</span> : null}
        <span>{props.high}</span>
      </div>
      <p className="text-xs tabular-nums" data-under-pointer={value ?? ""}>
        {value === null ? t("pointAt") : t("underPointer", { mm: value })}
      </p>
    </div>
  );
}
