"use client";
import { useCallback, useDeferredValue, useMemo, useReducer, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useShowKeys } from "#components/keyboard/keyboard-provider.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { FindingItem } from "#lib/findings/finding-schema.ts";
import { estimateOrientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { describeMeasurement } from "./findings/case-view.ts";
import { FindingsList } from "./findings/findings-list.tsx";
import { SaveFinding } from "./findings/save-finding.tsx";
import { useSavedFindings } from "./findings/use-saved-findings.ts";
import { endWaiting, useAwaitsPicture } from "./first-picture.ts";
import { handleShortcut } from "./handle-shortcut.ts";
import { JawsPanel } from "./jaws-panel.tsx";
import { MeasurementsTable, useMeasurementText } from "./measurements-table.tsx";
import type { LoadedScans } from "./mesh-library.ts";
import { useOfferPicture } from "./picture-of-stage.ts";
import { saveFile } from "./save-file.ts";
import { useScanName } from "./scan-names.ts";
import type { CameraCommands } from "./stage/camera-rig.tsx";
import { openNextPart as openNextPartOfStage } from "./stage/kept-stage.ts";
import type { TakeSnapshot } from "./stage/snapshot.tsx";
import { Stage } from "./stage/stage.tsx";
import { StageArea } from "./stage-area.tsx";
import { ToolPanel } from "./tool-panel.tsx";
import { UnsupportedStage } from "./unsupported-stage.tsx";
import { useRoom } from "./use-room.ts";
import { useScanMeshes } from "./use-scan-meshes.ts";
import { useView } from "./use-view.ts";
import { useViewerTools } from "./use-viewer-tools.ts";
import { appearanceOf, drawnScans, INITIAL_STATE, isMeasuring, scansOfGroup, viewerReducer } from "./viewer-state.ts";
import { viewerStatus } from "./viewer-status.ts";
import { ViewerToolbar } from "./viewer-toolbar.tsx";

/** From this width on the list of scans stands beside the stage; below, it is folded away under it. */
const WIDE_PIXELS = 600;

/** From this width on each tool has a button of its own. */
const ROOMY_PIXELS = 960;

/** From this width on the section's controls stand beside its picture, where the list of scans is folded away. */
const BESIDE_PIXELS = 520;

const STEPS = [BESIDE_PIXELS, WIDE_PIXELS, ROOMY_PIXELS];

export interface ScanViewerProps {
  /** Null: files of this computer, which belong to no order. */
  orderId: string | null;
  /** The scans of the order; new ones and new states arrive as new props. */
  scans: readonly ScanView[];
  /** The list of scans is on its way. */
  coming?: boolean;
}

/** The scans of one order in 3D. Fills the element it is in. */
export function ScanViewer(props: ScanViewerProps) {
  const place = useRef<HTMLDivElement>(null);
  const room = useRoom(place, STEPS);
  return (
    <div ref={place} className="h-full w-full">
      {/* Laid out once, for the room there is. Choices and measurements belong to an order: another one starts afresh. */}
      {room === null ? null : <OpenedViewer key={props.orderId ?? "local"} room={room} {...props} />}
    </div>
  );
}

function OpenedViewer({ orderId, scans, coming = false, room }: ScanViewerProps & { room: number }) {
  const t = useTranslations("scanViewer");
  const [state, dispatch] = useReducer(viewerReducer, { ...INITIAL_STATE, showsUnplaced: orderId === null });
  const drawn = useMemo(() => drawnScans(scans, state), [scans, state]);
  const [supported, setSupported] = useState(true);
  const { library, loaded } = useScanMeshes(supported ? drawn : NO_SCANS, orderId);
  const orientation = useOrientation(scansOfGroup(scans, state), loaded);
  const status = viewerStatus(scans, drawn, loaded, coming);
  const { view, request, showView, markTurned } = useView(scans, dispatch);
  const { preferences, change: changePreferences } = usePreferences();
  const { mousePreset, shortcuts } = preferences;
  const showKeys = useShowKeys();
  const [panelWish, setPanelWish] = useState<boolean | null>(null);
  const camera = useRef<CameraCommands>(null);
  const takeSnapshot = useRef<TakeSnapshot>(null);
  useOfferPicture(orderId, takeSnapshot);
  const wide = room >= WIDE_PIXELS;
  const nameOf = useScanName(scans);
  const panelOpen = panelWish ?? wide;
  const beside = room >= (panelOpen && wide ? ROOMY_PIXELS : BESIDE_PIXELS);
  const saved = useSavedFindings({ orderId, scans, state, camera, dispatch });
  const tools = useViewerTools({ scans, drawn, state, orientation, pins: saved.pins, dispatch });
  const textOf = useMeasurementText();

  const stageScans = useMemo(
    () =>
      drawn.flatMap((scan) => {
        const mesh = loaded.get(scan.id);
        return mesh ? [{ scan, loaded: mesh, appearance: appearanceOf(scan, scans, state) }] : [];
      }),
    [drawn, loaded, scans, state],
  );
  const showPicture = useCallback(() => {
    library?.pictured();
    endWaiting(orderId);
  }, [library, orderId]);
  const savePicture = useCallback(async () => {
    const picture = await takeSnapshot.current?.();
    if (picture) saveFile(picture, `${orderId?.slice(0, 8) ?? "scan"}-${view ?? "view"}.png`);
  }, [orderId, view]);
  const keepView = useCallback(() => {
    const name = t("findings.defaults.view", { view: t(`views.${view ?? "free"}`) });
    // A picture is looked for in the list: it opens where it is folded away.
    void saved.keep?.({ name, value: "", geometry: { kind: "view" } }).then((kept) => kept && setPanelWish(true));
  }, [saved.keep, view, t]);
  const openFinding = (finding: FindingItem) => tools.setFlat(saved.open(finding));

  const measured =
    state.measurements.length > 0 ? (
      <MeasurementsTable
        measurements={state.measurements}
        scans={scans}
        mouthOpen={state.openingMm > 0}
        dispatch={dispatch}
        actionsFor={(measurement) => {
          const geometry = describeMeasurement(scans, measurement);
          const { label: name, value } = textOf(measurement);
          const { keep } = saved;
          return keep && geometry ? (
            <SaveFinding small what={name} onSave={() => keep({ name, value, geometry })} />
          ) : null;
        }}
      />
    ) : null;

  // Buttons and lists take longer to render and to paint than the scans: these come first.
  const rests = useDeferredValue(useAwaitsPicture(orderId));

  if (!supported) return <UnsupportedStage scans={scans} />;
  return (
    <section
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
          changedKeys: shortcuts,
          takeTool: tools.takeTool,
        })
      }
      className="flex h-full min-h-0 w-full flex-col overflow-hidden bg-surface"
    >
      {rests ? (
        <div className="h-10 shrink-0 border-b" />
      ) : (
        <ViewerToolbar
          wide={wide}
          roomy={room >= ROOMY_PIXELS}
          view={view}
          onView={showView}
          tool={state.tool}
          onTool={tools.takeTool}
          wireframe={state.wireframe}
          onWireframe={() => dispatch({ type: "wireframe" })}
          onScreenshot={savePicture}
          onKeepView={saved.keep && drawn.length > 0 ? keepView : null}
          mousePreset={mousePreset}
          onMousePreset={(preset) => changePreferences({ mousePreset: preset })}
          changedKeys={shortcuts}
          onKeys={showKeys}
          panelOpen={panelOpen}
          onPanel={() => setPanelWish(!panelOpen)}
        />
      )}
      <div className={classNames("flex min-h-0 flex-1", wide ? "flex-row" : "flex-col")}>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <StageArea
            onUnsupported={() => setSupported(false)}
            status={status}
            hint={tools.hint}
            viewName={view === null || view === "home" ? null : t(`views.${view}Hint`)}
            label={t("stage", { scans: drawn.map(nameOf).join(", ") })}
            measuring={tools.pointing}
          >
            {(onContextChange) => (
              <Stage
                drawn={stageScans}
                orientation={orientation}
                openingMm={state.openingMm}
                wireframe={state.wireframe}
                measurements={tools.measurements}
                section={tools.section}
                map={tools.map}
                insertion={state.undercut}
                library={library}
                mousePreset={mousePreset}
                request={request}
                commands={camera}
                takeSnapshot={takeSnapshot}
                onTurned={markTurned}
                onView={showView}
                onClick={tools.click}
                onHover={tools.hover}
                onContextChange={onContextChange}
                onPicture={showPicture}
              />
            )}
          </StageArea>
          <ToolPanel
            scans={scans}
            state={state}
            tools={tools}
            orientation={orientation}
            camera={camera}
            beside={beside}
            dispatch={dispatch}
            keep={saved.keep}
          />
          {measured && !panelOpen && isMeasuring(state.tool) ? (
            <div className="max-h-40 shrink-0 overflow-y-auto border-t px-3 pb-2 [&>div]:border-t-0">{measured}</div>
          ) : null}
        </div>
        {panelOpen ? (
          <aside
            aria-label={t("jaws.title")}
            className={classNames("shrink-0 overflow-y-auto", wide ? "w-60 border-l" : "max-h-1/2 border-t")}
          >
            {rests ? null : (
              <JawsPanel
                scans={scans}
                loaded={loaded}
                state={state}
                dispatch={dispatch}
                onReload={(id) => library?.retry(id)}
              >
                {measured}
                <FindingsList
                  findings={saved.findings}
                  mayChange={saved.keep !== null}
                  otherSide={saved.otherSide}
                  onOpen={openFinding}
                />
              </JawsPanel>
            )}
          </aside>
        ) : null}
      </div>
    </section>
  );
}

/** Makes the stage ready before there is anything to show on it; see kept-stage.ts. */
export const openNextPart = openNextPartOfStage;

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
