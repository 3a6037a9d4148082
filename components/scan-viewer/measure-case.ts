import type { Orientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import { turnBounds } from "#lib/mesh/turn-mesh.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { presetNormal } from "./section/use-section.ts";
import type { Vector } from "./vector.ts";
import type { SectionState } from "./viewer-state.ts";

/** Where a case is, as the viewer turns it, and how far it reaches from there, mm. */
export function extentOf(scans: readonly ScanView[]): { centre: Vector; reachMm: number } {
  const bounds = scans.flatMap((scan) => (scan.bounds ? [turnBounds(scan.bounds, scan.axes)] : []));
  if (bounds.length === 0) return { centre: [0, 0, 0], reachMm: 40 };
  const axes = [0, 1, 2].map((axis) => ({
    min: Math.min(...bounds.map(({ min }) => min[axis]!)),
    max: Math.max(...bounds.map(({ max }) => max[axis]!)),
  }));
  const centre = axes.map(({ min, max }) => (min + max) / 2) as unknown as Vector;
  return { centre, reachMm: Math.max(...axes.map(({ min, max }) => max - min)) / 2 };
}

/** The section tool as it is first taken: through the middle, from the patient's right. */
export function firstSection(scans: readonly ScanView[], orientation: Orientation): SectionState {
  const { centre } = extentOf(scans);
  return {
    preset: "sagittal",
    origin: centre,
    normal: presetNormal("sagittal", orientation),
    positionMm: 0,
    cutAway: true,
  };
}
