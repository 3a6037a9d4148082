import type { FindingGeometry, FindingView } from "#lib/findings/finding-schema.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { StoredPose } from "../stage/camera-rig.tsx";
import {
  type Appearance,
  appearanceOf,
  drawnScans,
  type Measurement,
  type PickedPoint,
  type SectionState,
  scansOfGroup,
  type UndercutState,
  type ViewerState,
} from "../viewer-state.ts";

/** A saved finding names scans by their bytes, because both sides of an order know them under ids of their own. */
export function hashOf(scans: readonly ScanView[], scanId: string): string | null {
  return scans.find(({ id }) => id === scanId)?.sha256 ?? null;
}

function scanOf(scans: readonly ScanView[], hash: string): string | null {
  return scans.find(({ sha256 }) => sha256 === hash)?.id ?? null;
}

/** How the case is looked at now. What an occlusal view leaves out is hidden in it. */
export function describeView(scans: readonly ScanView[], state: ViewerState, camera: StoredPose): FindingView {
  const drawn = new Set(drawnScans(scans, state).map(({ id }) => id));
  const shown = scansOfGroup(scans, state).flatMap((scan) => {
    if (scan.state !== "ready" || !scan.sha256) return [];
    const { visibility, opacity, colouring } = appearanceOf(scan, scans, state);
    return [{ scan: scan.sha256, visibility: drawn.has(scan.id) ? visibility : ("hide" as const), opacity, colouring }];
  });
  return { camera, openingMm: state.openingMm, biteGroup: state.biteGroup, shown };
}

/** Null where a scan has not been fetched whole. */
export function describePoints(scans: readonly ScanView[], points: readonly PickedPoint[]) {
  const described = points.flatMap(({ scanId, point }) => {
    const scan = hashOf(scans, scanId);
    return scan ? [{ scan, point }] : [];
  });
  return described.length === points.length ? described : null;
}

export function describeMeasurement(scans: readonly ScanView[], { kind, points }: Measurement): FindingGeometry | null {
  const described = describePoints(scans, points);
  return described && { kind, points: described };
}

/** The scans that a finding is about; those shown where it names none. */
export function scansOfFinding(geometry: FindingGeometry, view: FindingView): string[] {
  const visible = view.shown.filter(({ visibility }) => visibility !== "hide").map(({ scan }) => scan);
  switch (geometry.kind) {
    case "pin":
      return [geometry.at.scan];
    case "undercut":
    case "thickness":
      return [geometry.scan];
    case "compare":
      return [geometry.reference, geometry.scan];
    case "section":
    case "contacts":
    case "view":
      return visible;
    default:
      return [...new Set(geometry.points.map(({ scan }) => scan))];
  }
}

/** The choices that show a saved finding as it was; what is no longer among the scans is left out. */
export function reopen(
  scans: readonly ScanView[],
  geometry: FindingGeometry,
  view: FindingView,
  measurements: readonly Measurement[],
): Partial<ViewerState> {
  const appearances: Record<string, Appearance> = {};
  for (const { scan, visibility, opacity, colouring } of view.shown) {
    const id = scanOf(scans, scan);
    if (id) appearances[id] = { visibility, opacity, colouring };
  }
  return {
    appearances,
    openingMm: view.openingMm,
    biteGroup: view.biteGroup,
    ...reopenTool(scans, geometry, measurements),
  };
}

function reopenTool(
  scans: readonly ScanView[],
  geometry: FindingGeometry,
  measurements: readonly Measurement[],
): Partial<ViewerState> {
  switch (geometry.kind) {
    case "section": {
      const { preset, origin, normal, positionMm, cutAway } = geometry;
      const section: SectionState = { preset, origin, normal, positionMm, cutAway };
      return { tool: "section", section };
    }
    case "contacts":
      return { tool: "contacts", contactMm: geometry.withinMm };
    case "undercut": {
      const scanId = scanOf(scans, geometry.scan);
      const undercut: UndercutState | null = scanId ? { scanId, axis: geometry.axis, from: geometry.from } : null;
      return { tool: "undercut", undercut };
    }
    case "thickness":
      return { tool: "thickness", thicknessOf: scanOf(scans, geometry.scan), thinMm: geometry.thinMm };
    case "compare": {
      const [referenceId, scanId] = [scanOf(scans, geometry.reference), scanOf(scans, geometry.scan)];
      const compare = referenceId && scanId ? { referenceId, scanId } : null;
      return { tool: "compare", compare, deviationMm: geometry.rangeMm };
    }
    case "pin":
    case "view":
      return {};
    default: {
      const points = pointsOf(scans, geometry.points);
      const there = measurements.some((one) => JSON.stringify(one.points) === JSON.stringify(points));
      if (there || points.length < geometry.points.length) return {};
      const id = 1 + Math.max(0, ...measurements.map((one) => one.id));
      return { measurements: [...measurements, { id, kind: geometry.kind, points }] };
    }
  }
}

export function pointsOf(
  scans: readonly ScanView[],
  points: readonly { scan: string; point: PickedPoint["point"] }[],
): PickedPoint[] {
  return points.flatMap(({ scan, point }) => {
    const scanId = scanOf(scans, scan);
    return scanId ? [{ scanId, point }] : [];
  });
}
