import type { RefObject } from "react";
import { useTranslations } from "use-intl";
import type { CreateFindingBody, FindingGeometry } from "#lib/findings/finding-schema.ts";
import type { Orientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import { isLine } from "#lib/scans/scan-role.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { describePoints, hashOf } from "./findings/case-view.ts";
import { MessageForm } from "./findings/findings-list.tsx";
import { SaveFinding } from "./findings/save-finding.tsx";
import { ComparePanel } from "./maps/compare-panel.tsx";
import { ContactsPanel, UndercutPanel } from "./maps/map-panels.tsx";
import { ThicknessPanel } from "./maps/thickness-panel.tsx";
import { useScanName } from "./scan-names.ts";
import { SectionPanel } from "./section/section-panel.tsx";
import type { CameraCommands } from "./stage/camera-rig.tsx";
import type { ViewerTools } from "./use-viewer-tools.ts";
import { scale } from "./vector.ts";
import type { ViewerAction, ViewerState } from "./viewer-state.ts";

/** Keeps a finding with the order; false when it was not kept. */
export type KeepFinding = (
  finding: Pick<CreateFindingBody, "name" | "value" | "message"> & { geometry: FindingGeometry },
) => Promise<boolean>;

/** What the tool in hand has to say, below the stage. */
export function ToolPanel(props: {
  scans: readonly ScanView[];
  state: ViewerState;
  tools: ViewerTools;
  orientation: Orientation;
  camera: RefObject<CameraCommands | null>;
  /** Room for the section's controls beside its picture. */
  beside: boolean;
  dispatch: (action: ViewerAction) => void;
  /** Null: this member may not change anything. */
  keep: KeepFinding | null;
}) {
  const t = useTranslations("scanViewer.findings.defaults");
  const { state, tools, scans, dispatch, keep } = props;
  switch (state.tool) {
    case "section":
      return <Section {...props} />;
    case "contacts": {
      const { contacts } = tools;
      const areas = contacts?.state === "shown" ? contacts.rows.map(({ areaMm2 }) => areaMm2) : [];
      const value = t("contactsValue", { area: Math.max(0, ...areas) });
      const geometry: FindingGeometry = { kind: "contacts", withinMm: state.contactMm };
      const name = t("contacts", { mm: state.contactMm });
      return (
        <ContactsPanel
          progress={contacts}
          hasBothJaws={tools.jaws !== null}
          withinMm={state.contactMm}
          scans={scans}
          underPointer={tools.underPointer}
          dispatch={dispatch}
          save={
            keep && contacts?.state === "shown" ? (
              <SaveFinding key={name} what={name} onSave={() => keep({ name, value, geometry })} />
            ) : null
          }
        />
      );
    }
    case "undercut": {
      const { undercut } = tools;
      const chosen = state.undercut;
      const scan = chosen && hashOf(scans, chosen.scanId);
      const name = t("undercut");
      const fromView = (scanId: string) => {
        const axes = props.camera.current?.axes();
        if (axes) dispatch({ type: "undercut", undercut: { scanId, axis: scale(axes.forward, -1), from: "view" } });
      };
      return (
        <UndercutPanel
          undercut={chosen}
          progress={undercut}
          drawn={tools.surfaces}
          scans={scans}
          underPointer={tools.underPointer}
          onFromView={fromView}
          save={
            keep && chosen && scan && undercut?.state === "shown" ? (
              <SaveFinding
                key={JSON.stringify(chosen)}
                what={name}
                onSave={() =>
                  keep({
                    name,
                    value: t("undercutValue", { area: undercut.areaMm2 }),
                    geometry: { kind: "undercut", scan, axis: chosen.axis, from: chosen.from },
                  })
                }
              />
            ) : null
          }
        />
      );
    }
    case "thickness":
      return <Thickness {...props} />;
    case "compare":
      return <Compare {...props} />;
    case "pin":
      return <Pin {...props} />;
    default:
      return null;
  }
}

type ToolPanelProps = Parameters<typeof ToolPanel>[0];

function Section({ scans, state, tools, orientation, camera, beside, dispatch, keep }: ToolPanelProps) {
  const t = useTranslations("scanViewer.findings.defaults");
  const nameOf = useScanName(scans);
  const section = state.section;
  if (!section || !tools.sectionView) return null;
  const name = t("section", { preset: section.preset ?? "other" });
  const geometry: FindingGeometry = {
    kind: "section",
    ...section,
    measurements: tools.flat.map(({ kind, from, to }) => ({ kind, from, to })),
  };
  const cutScreen = () => {
    const axes = camera.current?.axes();
    if (!axes) return;
    tools.setFlat([]);
    dispatch({ type: "section", change: { preset: null, normal: axes.right, positionMm: 0 } });
  };
  return (
    <SectionPanel
      section={section}
      view={tools.sectionView}
      orientation={orientation}
      reachMm={tools.reachMm}
      measurements={tools.flat}
      onMeasurements={tools.setFlat}
      onCutScreen={cutScreen}
      nameOf={(scanId) => {
        const scan = scans.find(({ id }) => id === scanId);
        return scan ? nameOf(scan) : "";
      }}
      dispatch={dispatch}
      beside={beside}
      save={
        keep ? (
          <SaveFinding
            key={JSON.stringify(geometry)}
            what={name}
            onSave={() => keep({ name, value: t("sectionValue", { mm: section.positionMm }), geometry })}
          />
        ) : null
      }
    />
  );
}

function Thickness({ state, tools, scans, dispatch, keep }: ToolPanelProps) {
  const t = useTranslations("scanViewer.findings.defaults");
  const { thickness } = tools;
  const scan = state.thicknessOf && hashOf(scans, state.thicknessOf);
  const name = t("thickness", { mm: state.thinMm });
  const areas = thickness?.state === "shown" ? thickness.rows.map(({ areaMm2 }) => areaMm2) : [];
  return (
    <ThicknessPanel
      scanId={state.thicknessOf}
      thinMm={state.thinMm}
      progress={thickness}
      drawn={tools.surfaces}
      scans={scans}
      underPointer={tools.underPointer}
      dispatch={dispatch}
      save={
        keep && scan && thickness?.state === "shown" ? (
          <SaveFinding
            key={`${name} ${scan}`}
            what={name}
            onSave={() =>
              keep({
                name,
                value: t("areaValue", { area: Math.max(0, ...areas) }),
                geometry: { kind: "thickness", scan, thinMm: state.thinMm },
              })
            }
          />
        ) : null
      }
    />
  );
}

function Compare({ state, tools, scans, dispatch, keep }: ToolPanelProps) {
  const t = useTranslations("scanViewer.findings.defaults");
  const { compare, deviationMm } = state;
  const { compared } = tools;
  const scan = compare && hashOf(scans, compare.scanId);
  const reference = compare && hashOf(scans, compare.referenceId);
  const surfaces = scans.filter((one) => one.state === "ready" && !isLine(one) && one.jaw !== "bite");
  const name = t("compare");
  return (
    <ComparePanel
      compare={compare}
      deviationMm={deviationMm}
      progress={compared}
      surfaces={surfaces}
      underPointer={tools.underPointer}
      dispatch={dispatch}
      save={
        keep && scan && reference && compared?.state === "shown" ? (
          <SaveFinding
            key={`${scan} ${reference} ${deviationMm}`}
            what={name}
            onSave={() =>
              keep({
                name,
                value: t("compareValue", { mm: compared.summary.rmsMm }),
                geometry: { kind: "compare", scan, reference, rangeMm: deviationMm },
              })
            }
          />
        ) : null
      }
    />
  );
}

function Pin({ state, scans, dispatch, keep }: ToolPanelProps) {
  const t = useTranslations("scanViewer.findings");
  const [place] = describePoints(scans, state.draft) ?? [];
  if (!keep || !place) return null;
  const save = async (message: string) => {
    const name = message.split("\n")[0]!.slice(0, 60);
    if (await keep({ name, value: "", message, geometry: { kind: "pin", at: place } })) dispatch({ type: "dropDraft" });
  };
  return (
    <section aria-label={t("pin")} className="shrink-0 border-t bg-surface p-3">
      <MessageForm
        key={place.point.join()}
        label={t("pinMessage")}
        action={t("setPin")}
        busy={false}
        autoFocus
        onSend={(message) => void save(message)}
      />
    </section>
  );
}
