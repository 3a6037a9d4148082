import type { ReactNode } from "react";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import { type Signal, useSignal } from "../signal.ts";
import { divergingGradient, paletteGradient } from "./palette.ts";

/** What a map says below the stage, which keeps the larger part of the height. */
export function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="flex max-h-[45%] shrink-0 flex-wrap items-center gap-x-5 gap-y-2 overflow-y-auto border-t bg-surface px-3 py-2 text-sm"
    >
      {children}
    </section>
  );
}

/** Still computing, or not to be computed. */
export function Working({ progress }: { progress: { state: string } | null }) {
  const t = useTranslations("scanViewer.maps");
  const failed = progress?.state === "failed";
  return (
    <p role="status" className={classNames("text-muted text-xs", !failed && "pulse-soft")}>
      {t(failed ? "failed" : "computing")}
    </p>
  );
}

/** What a map counts, a line per scan. */
export function AreaTable(props: {
  label: string;
  rows: readonly { id: string; name: string; count: string; area: string; depth: string }[];
}) {
  return (
    <table aria-label={props.label} className="whitespace-nowrap text-xs tabular-nums">
      <tbody>
        {props.rows.map(({ id, name, count, area, depth }) => (
          <tr key={id}>
            <th scope="row" className="pr-3 text-left font-medium">
              {name}
            </th>
            <td className="pr-3 text-right">{count}</td>
            <td className="pr-3 text-right">{area}</td>
            <td className="text-right text-muted">{depth}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The colours with their values, and the value under the pointer. */
export function Legend(props: {
  low: string;
  middle?: string;
  high: string;
  reversed?: boolean;
  /** Diverging colours, for values on both sides of nothing. */
  diverging?: boolean;
  underPointer: Signal<number | null>;
}) {
  const t = useTranslations("scanViewer.maps");
  const value = useSignal(props.underPointer);
  return (
    <div className="w-56">
      <div
        aria-hidden
        className={classNames("h-2.5 rounded-sm", props.reversed && "-scale-x-100")}
        style={{ background: props.diverging ? divergingGradient : paletteGradient }}
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

/** A length to choose, with its value beside its name. mm */
export function LengthSlider(props: {
  label: string;
  value: number;
  text: string;
  min: number;
  max: number;
  step: number;
  onChange: (mm: number) => void;
}) {
  const id = useId();
  return (
    <div className="min-w-44 max-w-80 flex-1">
      <div className="flex items-baseline justify-between">
        <label htmlFor={id} className="text-xs">
          {props.label}
        </label>
        <output htmlFor={id} className="text-muted text-xs tabular-nums">
          {props.text}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={props.min}
        max={props.max}
        step={props.step}
        value={props.value}
        onChange={(event) => props.onChange(event.target.valueAsNumber)}
        className="h-5 w-full accent-(--accent)"
      />
    </div>
  );
}
