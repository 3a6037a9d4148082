"use client";
import { lazy, useCallback, useMemo, useReducer, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { DistancesTable } from "./distances-table.tsx";
import { estimateOrientation } from "./estimate-orientation.ts";
import { handleShortcut } from "./handle-shortcut.ts";
import { JawsPanel } from "./jaws-panel.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import type { LoadedScans } from "./mesh-library.ts";
import { type MousePreset, readMousePreset, storeMousePreset } from "./mouse-presets.ts";
import { saveFile } from "./save-file.ts";
import { useScanName } from "./scan-names.ts";
import type { CameraCommands } from "./stage/camera-rig.tsx";
import type { TakeSnapshot } from "./stage/snapshot.tsx";
import { StageArea } from "./stage-area.tsx";
import { UnsupportedStage } from "./unsupported-stage.tsx";
import { useMeasuring } from "./use-measuring.ts";
import { useScanMeshes } from "./use-scan-meshes.ts";
import { useView } from "./use-view.ts";
import { useWide } from "./use-wide.ts";
import { appearanceOf, distanceMm, drawnScans, INITIAL_STATE, scansOfGroup, viewerReducer } from "./viewer-state.ts";
import { viewerStatus } from "./viewer-status.ts";
import { ViewerToolbar } from "./viewer-toolbar.tsx";

const Stage = lazy(() => import("./stage/stage.tsx"));

/** From this width on the list of scans stands beside the stage; below, it is folded away under it. */
const WIDE_PIXELS = 600;

export interface ScanViewerProps {
  orderId: string;
  /** The scans of the order; new ones and new states arrive as new props. */
  scans: readonly ScanView[];
}

/** The scans of one order in 3D. Fills the element it is in. */
export function ScanViewer({ orderId, scans }: ScanViewerProps) {
  // Choices and measurements belong to an order: another one starts afresh.
  return <OpenedViewer key={orderId} orderId={orderId} scans={scans} />;
}

function OpenedViewer({ orderId, scans }: ScanViewerProps) {
  const t = useTranslations("scanViewer");
  const [state, dispatch] = useReducer(viewerReducer, INITIAL_STATE);
  const drawn = useMemo(() => drawnScans(scans, state), [scans, state]);
  const [supported, setSupported] = useState(true);
  const { library, loaded } = useScanMeshes(supported ? drawn : NO_SCANS);
  const orientation = useOrientation(scansOfGroup(scans, state), loaded);
  const status = viewerStatus(scans, drawn, loaded);
  const { view, request, showView, markTurned } = useView(scans, dispatch);
  const { hint, click } = useMeasuring(state, drawn, dispatch);
  const [mousePreset, setMousePreset] = useState<MousePreset>(readMousePreset);
  const [keysOpen, setKeysOpen] = useState(false);
  const [panelWish, setPanelWish] = useState<boolean | null>(null);
  const root = useRef<HTMLElement>(null);
  const camera = useRef<CameraCommands>(null);
  const takeSnapshot = useRef<TakeSnapshot>(null);
  const wide = useWide(root, WIDE_PIXELS);
  const nameOf = useScanName(scans);
  const panelOpen = panelWish ?? wide;

  const stageScans = useMemo(
    () =>
      drawn.flatMap((scan) => {
        const mesh = loaded.get(scan.id);
        return mesh ? [{ scan, loaded: mesh, appearance: appearanceOf(scan, scans, state) }] : [];
      }),
    [drawn, loaded, scans, state],
  );
  const distances = useMemo(
    () => [
      ...state.distances.map(({ id, from, to }) => ({
        id: `D${id}`,
        from,
        to,
        text: t("measure.value", { mm: distanceMm({ from, to }) }),
      })),
      ...(state.draft ? [{ id: "draft", from: state.draft, to: null, text: "" }] : []),
    ],
    [state.distances, state.draft, t],
  );
  const savePicture = useCallback(async () => {
    const picture = await takeSnapshot.current?.();
    if (picture) saveFile(picture, `${orderId.slice(0, 8)}-${view ?? "view"}.png`);
  }, [orderId, view]);

  if (!supported) return <UnsupportedStage scans={scans} />;
  return (
    <section
      ref={root}
      aria-label={t("title")}
      data-scan-state={status.state}
      data-triangles={status.triangles}
      onKeyDown={(event) =>
        handleShortcut(event, {
          scans,
          state,
          dispatch,
          camera: () => camera.current,
          showView,
          showKeys: () => setKeysOpen(true),
        })
      }
      className="flex h-full min-h-0 w-full flex-col overflow-hidden bg-surface"
    >
      <ViewerToolbar
        wide={wide}
        view={view}
        onView={showView}
        measuring={state.tool === "distance"}
        onMeasure={() => dispatch({ type: "tool", tool: state.tool === "distance" ? null : "distance" })}
        wireframe={state.wireframe}
        onWireframe={() => dispatch({ type: "wireframe" })}
        onScreenshot={savePicture}
        mousePreset={mousePreset}
        onMousePreset={(preset) => {
          setMousePreset(preset);
          storeMousePreset(preset);
        }}
        onKeys={() => setKeysOpen(true)}
        panelOpen={panelOpen}
        onPanel={() => setPanelWish(!panelOpen)}
      />
      <div className={classNames("flex min-h-0 flex-1", wide ? "flex-row" : "flex-col")}>
        <StageArea
          onUnsupported={() => setSupported(false)}
          status={status}
          hint={hint}
          viewName={view === null || view === "home" ? null : t(`views.${view}Hint`)}
          label={t("stage", { scans: drawn.map(nameOf).join(", ") })}
          measuring={state.tool === "distance"}
        >
          {(onContextChange) => (
            <Stage
              drawn={stageScans}
              orientation={orientation}
              openingMm={state.openingMm}
              wireframe={state.wireframe}
              distances={distances}
              library={library}
              mousePreset={mousePreset}
              request={request}
              commands={camera}
              takeSnapshot={takeSnapshot}
              onTurned={markTurned}
              onClick={click}
              onContextChange={onContextChange}
            />
          )}
        </StageArea>
        {panelOpen ? (
          <aside
            aria-label={t("jaws.title")}
            className={classNames("shrink-0 overflow-y-auto", wide ? "w-60 border-l" : "max-h-1/2 border-t")}
          >
            <JawsPanel
              scans={scans}
              loaded={loaded}
              state={state}
              dispatch={dispatch}
              onReload={(id) => library?.retry(id)}
            >
              {state.distances.length > 0 ? (
                <DistancesTable
                  distances={state.distances}
                  scans={scans}
                  mouthOpen={state.openingMm > 0}
                  dispatch={dispatch}
                />
              ) : null}
            </JawsPanel>
          </aside>
        ) : null}
      </div>
      <KeysDialog open={keysOpen} onOpenChange={setKeysOpen} />
    </section>
  );
}

const NO_SCANS: readonly ScanView[] = [];

/** From the first upper and lower jaw that arrived. The first picture decides; the full mesh lies the same way. */
function useOrientation(scans: readonly ScanView[], loaded: LoadedScans) {
  const shapeOf = (jaw: "upper" | "lower") => {
    const scan = scans.find(({ id, jaw: own }) => own === jaw && (loaded.get(id)?.low || loaded.get(id)?.full));
    const mesh = scan && loaded.get(scan.id);
    return (mesh?.low ?? mesh?.full)?.shape ?? null;
  };
  const upper = shapeOf("upper");
  const lower = shapeOf("lower");
  return useMemo(() => estimateOrientation({ upper, lower }), [upper, lower]);
}
