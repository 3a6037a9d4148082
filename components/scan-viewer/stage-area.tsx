import { type ReactNode, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { hasWebgl } from "./stage/webgl-support.ts";
import { StageBoundary } from "./stage-boundary.tsx";
import { StageMessage } from "./stage-message.tsx";
import type { ToolHint } from "./use-tool-clicks.ts";
import type { ViewerStatus } from "./viewer-status.ts";

interface StageAreaProps {
  /** The scene could not be opened because the browser has no WebGL 2. */
  onUnsupported: () => void;
  status: ViewerStatus;
  hint: ToolHint;
  /** The standard view that is shown, in words. */
  viewName: string | null;
  label: string;
  measuring: boolean;
  /** The scene; it tells when its graphics context is lost and back. */
  children: (onContextChange: (lost: boolean) => void) => ReactNode;
}

/** The stage with the words that belong on it: loading, absence, faults, what to click next. */
export function StageArea(props: StageAreaProps) {
  const t = useTranslations("scanViewer");
  const [contextLost, setContextLost] = useState(false);
  const { status, hint } = props;
  return (
    <div className="relative min-h-0 min-w-0 flex-1 bg-stage text-on-stage">
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: the scene is turned and measured with keys */}
      <div
        role="application"
        aria-label={props.label}
        tabIndex={0}
        className={classNames(
          // Its ring lies below the canvas: above it, where the processor draws, it costs more than the scans do. It keeps off the edge,
          // where it would look like a border of the page.
          "absolute inset-0 outline-transparent focus-visible:before:absolute focus-visible:before:inset-1 focus-visible:before:rounded-sm focus-visible:before:inset-ring-2 focus-visible:before:inset-ring-on-stage",
          props.measuring ? "cursor-crosshair" : "cursor-grab active:cursor-grabbing",
        )}
      >
        <StageBoundary
          onError={() => {
            if (!hasWebgl()) props.onUnsupported();
          }}
          fallback={(reopen) => (
            <StageMessage title={t("status.brokenTitle")}>
              <p>{t("status.broken")}</p>
              <Button className="mt-3" onClick={reopen}>
                {t("status.reopen")}
              </Button>
            </StageMessage>
          )}
        >
          <Suspense>{props.children(setContextLost)}</Suspense>
        </StageBoundary>
      </div>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: end of the scene */}
      {props.viewName ? (
        <p className="pointer-events-none absolute top-2 left-2 rounded bg-black/35 px-2 py-0.5 text-xs">
          {props.viewName}
        </p>
      ) : null}
      {hint ? (
        <p
          role="status"
          className="pointer-events-none absolute inset-x-2 top-9 mx-auto w-fit max-w-[calc(100%-11rem)] rounded-md bg-black/65 px-2.5 py-1 text-center text-white text-xs"
        >
          {t(`measure.${hint}`)}
        </p>
      ) : null}
      <Words status={status} contextLost={contextLost} />
    </div>
  );
}

function Words({ status, contextLost }: { status: ViewerStatus; contextLost: boolean }) {
  const t = useTranslations("scanViewer.status");
  const progress = () => {
    if (status.here) return t("here", status.here);
    if (status.state === "low") return t("low");
    if (status.state === "full") return t("full", { triangles: status.triangles });
    return status.state === "loading" && !status.absence ? t("loading") : "";
  };
  return (
    <>
      {contextLost ? <StageMessage>{t("contextLost")}</StageMessage> : null}
      {status.absence === "waiting" ? <StageMessage>{t("waiting")}</StageMessage> : null}
      {status.absence === "failed" ? <StageMessage title={t("failedTitle")}>{t("failed")}</StageMessage> : null}
      {status.absence === "empty" ? <StageMessage title={t("emptyTitle")}>{t("empty")}</StageMessage> : null}
      {status.absence === "hidden" ? <StageMessage title={t("hiddenTitle")}>{t("hidden")}</StageMessage> : null}
      <p
        role="status"
        className={classNames(
          "pointer-events-none absolute right-2 bottom-2 max-w-2/3 rounded bg-black/35 px-2 py-0.5 text-right text-xs empty:hidden",
          status.state === "full" && "sr-only",
        )}
      >
        {progress()}
      </p>
    </>
  );
}
