import { type RefObject, useCallback, useMemo } from "react";
import { useMay, useMember } from "#components/portal/member-context.tsx";
import type { FindingItem } from "#lib/findings/finding-schema.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { FlatMeasurement } from "../section/section-picture.tsx";
import type { CameraCommands } from "../stage/camera-rig.tsx";
import type { KeepFinding } from "../tool-panel.tsx";
import type { ShownPin } from "../use-viewer-tools.ts";
import type { ViewerAction, ViewerState } from "../viewer-state.ts";
import { describeView, pointsOf, reopen, scansOfFinding } from "./case-view.ts";
import { useFindings } from "./use-findings.ts";

/** The findings of the order: keeping what is on the screen, and showing again what was kept. */
export function useSavedFindings(props: {
  orderId: string | null;
  scans: readonly ScanView[];
  state: ViewerState;
  camera: RefObject<CameraCommands | null>;
  dispatch: (action: ViewerAction) => void;
}) {
  const { orderId, scans, state, camera, dispatch } = props;
  const findings = useFindings(orderId);
  const mayKeep = useMay("decide") && orderId !== null;
  const { organisationKind } = useMember();
  const { mutateAsync } = findings.save;

  const keep = useCallback<KeepFinding>(
    async (finding) => {
      const pose = camera.current?.pose();
      if (!pose) return false;
      const view = describeView(scans, state, pose);
      const body = { ...finding, view, scans: scansOfFinding(finding.geometry, view) };
      return mutateAsync(body).then(
        () => true,
        () => false,
      );
    },
    [camera, scans, state, mutateAsync],
  );

  /** @returns what was measured in a section's picture */
  const open = (finding: FindingItem): FlatMeasurement[] => {
    const { geometry, view } = finding;
    dispatch({ type: "restore", state: reopen(scans, geometry, view, state.measurements) });
    camera.current?.restore(view.camera);
    return geometry.kind === "section" ? geometry.measurements.map((one, i) => ({ id: i + 1, ...one })) : [];
  };

  const pins = useMemo<ShownPin[]>(
    () =>
      findings.items.flatMap(({ id, name, geometry }) => {
        const [at] = geometry.kind === "pin" ? pointsOf(scans, [geometry.at]) : [];
        return at ? [{ id, name, at }] : [];
      }),
    [findings.items, scans],
  );
  return {
    findings,
    keep: mayKeep ? keep : null,
    open,
    pins,
    otherSide: organisationKind === "lab" ? ("clinic" as const) : ("lab" as const),
  };
}
