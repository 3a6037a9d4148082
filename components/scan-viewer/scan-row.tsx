import { Blend, Eye, EyeOff } from "lucide-react";
import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { isLine } from "#lib/scans/scan-role.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { LoadedScan } from "./mesh-library.ts";
import { ScanDownloads } from "./scan-downloads.tsx";
import { useScanName, useScanTitle } from "./scan-names.ts";
import { useRetryScan } from "./use-retry-scan.ts";
import { type Appearance, appearanceOf, type ViewerAction, type ViewerState, type Visibility } from "./viewer-state.ts";

interface ScanRowProps {
  scan: ScanView;
  scans: readonly ScanView[];
  loaded: LoadedScan | null;
  state: ViewerState;
  dispatch: (action: ViewerAction) => void;
  onReload: (scanId: string) => void;
}

/** One scan: its name, what is known of it, how it is shown; or why it is not. */
export function ScanRow({ scan, scans, loaded, state, dispatch, onReload }: ScanRowProps) {
  const t = useTranslations("scanViewer.jaws");
  const name = useScanName(scans)(scan);
  const titleOf = useScanTitle();
  const appearance = appearanceOf(scan, scans, state);
  const change = (wanted: Partial<Appearance>) => dispatch({ type: "appearance", scanId: scan.id, change: wanted });
  const ready = scan.state === "ready";
  const leftOut = state.only !== null && scan.jaw !== state.only && appearance.visibility !== "hide";
  return (
    <li data-scan={scan.id} className="text-sm">
      <div className="flex min-h-7 items-center gap-1">
        <div className={classNames("min-w-0 flex-1", ready && appearance.visibility === "hide" && "text-muted")}>
          <p className="truncate font-medium">{titleOf(scan)}</p>
        </div>
        {ready || scan.sha256 ? <ScanDownloads scan={scan} name={name} /> : null}
        {ready ? (
          <VisibilityChoice
            name={name}
            value={appearance.visibility}
            onChange={(visibility) => change({ visibility })}
          />
        ) : null}
      </div>
      <p className="truncate text-muted text-xs" title={scan.name}>
        {scan.name}
      </p>
      {ready ? <Facts scan={scan} loaded={loaded} /> : <Absence scan={scan} name={name} />}
      {ready && loaded?.problem ? (
        <Failure sentence={t(loaded.problem)} name={name} onRetry={() => onReload(scan.id)} />
      ) : null}
      {leftOut ? <p className="text-muted text-xs italic">{t("notInView")}</p> : null}
      {ready && appearance.visibility === "show" ? (
        <Look scan={scan} name={name} appearance={appearance} onChange={change} />
      ) : null}
    </li>
  );
}

const VISIBILITIES: { value: Visibility; Icon: typeof Eye }[] = [
  { value: "show", Icon: Eye },
  { value: "ghost", Icon: Blend },
  { value: "hide", Icon: EyeOff },
];

function VisibilityChoice(props: { name: string; value: Visibility; onChange: (value: Visibility) => void }) {
  const t = useTranslations("scanViewer.jaws");
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={t("visibility", { scan: props.name })}
      value={props.value}
      onValueChange={(value) => value && props.onChange(value as Visibility)}
      className="flex shrink-0 rounded-md border bg-sunken p-px"
    >
      {VISIBILITIES.map(({ value, Icon }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-label={t(value)}
          title={t(value)}
          className="grid size-6 place-items-center rounded text-muted hover:text-text data-[state=on]:bg-surface data-[state=on]:text-accent data-[state=on]:shadow-sm"
        >
          <Icon aria-hidden className="size-3.5" />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

/** Count and exactness: what the technician may rely on when looking. */
function Facts({ scan, loaded }: { scan: ScanView; loaded: LoadedScan | null }) {
  const t = useTranslations("scanViewer.jaws");
  const triangles = scan.triangles ?? loaded?.full?.triangles ?? 0;
  if (isLine(scan))
    return <p className="text-muted text-xs tabular-nums">{t("line", { points: scan.vertices ?? 0 })}</p>;
  const micrometres = Math.ceil(scan.maxErrorUm ?? loaded?.full?.maxErrorUm ?? 0);
  const firstPicture = loaded?.low && !loaded.full && !loaded.problem;
  return (
    <p className="text-muted text-xs tabular-nums">
      {firstPicture
        ? t("firstPicture", { shown: loaded.low!.triangles, triangles })
        : micrometres > 0
          ? t("exact", { triangles, micrometres })
          : t("counting", { triangles })}
      {scan.dropped > 0 ? <span className="block">{t("dropped", { count: scan.dropped })}</span> : null}
    </p>
  );
}

function Look(props: {
  scan: ScanView;
  name: string;
  appearance: Appearance;
  onChange: (change: Partial<Appearance>) => void;
}) {
  const t = useTranslations("scanViewer.jaws");
  const { opacity, colouring } = props.appearance;
  return (
    <div className="mt-1 flex items-center gap-2">
      <input
        type="range"
        aria-label={t("opacity", { scan: props.name })}
        title={t("opacityShort")}
        min={10}
        max={100}
        step={5}
        value={Math.round(opacity * 100)}
        onChange={(event) => props.onChange({ opacity: event.target.valueAsNumber / 100 })}
        className="h-5 min-w-0 flex-1 accent-(--accent)"
      />
      {props.scan.hasColour ? (
        <select
          aria-label={t("colouring", { scan: props.name })}
          value={colouring}
          onChange={(event) => props.onChange({ colouring: event.target.value === "scanner" ? "scanner" : "stone" })}
          className="field-box h-6 px-1 text-xs"
        >
          <option value="stone">{t("stone")}</option>
          <option value="scanner">{t("scanner")}</option>
        </select>
      ) : null}
    </div>
  );
}

function Absence({ scan, name }: { scan: ScanView; name: string }) {
  const t = useTranslations("scanViewer.jaws");
  const problemSentence = useProblemSentence();
  const retry = useRetryScan();
  if (scan.state === "waiting") return <p className="text-muted text-xs">{t("waiting")}</p>;
  if (scan.state === "fetching") return <p className="pulse-soft text-muted text-xs">{t("fetching")}</p>;
  const sentence = retry.error ? problemSentence(retry.error) : scan.problem ? problemSentence(scan.problem) : null;
  return (
    <Failure
      sentence={sentence ?? t("failed")}
      name={name}
      busy={retry.isPending}
      onRetry={() => retry.mutate(scan.id)}
    />
  );
}

function Failure(props: { sentence: ReactNode; name: string; busy?: boolean; onRetry: () => void }) {
  const t = useTranslations("scanViewer.jaws");
  return (
    <div role="alert" className="mt-1 rounded-md bg-rejected-soft px-2 py-1.5 text-rejected text-xs">
      <p>{props.sentence}</p>
      <Button
        size="small"
        className="mt-1.5"
        busy={props.busy}
        aria-label={t("retryOf", { scan: props.name })}
        onClick={props.onRetry}
      >
        {t("retry")}
      </Button>
    </div>
  );
}
