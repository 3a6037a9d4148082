import { useEffect, useMemo, useState } from "react";
import type { Ask } from "#components/scan-viewer/measuring/use-measurer.ts";
import { targetOf } from "#components/scan-viewer/use-tool-clicks.ts";
import { add, dot, scale } from "#components/scan-viewer/vector.ts";
import type { SectionPreset, SectionState } from "#components/scan-viewer/viewer-state.ts";
import { type Contour, type SectionPlane, sectionPlane } from "#lib/mesh/measure/section-mesh.ts";
import type { Orientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import type { Jaw } from "#lib/orders/order-schema.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";

/** The lines of one scan in a section, and their colour in the picture and in the scene. */
export interface ScanLines {
  scanId: string;
  colour: string;
  contours: readonly Contour[];
}

export interface SectionView {
  plane: SectionPlane;
  lines: readonly ScanLines[];
  /** What the lines were computed for; behind `plane` while the next ones are on their way. */
  linesOf: SectionPlane | null;
}

/** Apart for every kind of colour vision (Okabe and Ito), light enough for the dark stage. */
const COLOURS: Record<Jaw, string> = { upper: "#e69f00", lower: "#56b4e9", bite: "#2fcf9f", other: "#e08cc0" };

/** The plane of the section tool and what it cuts out of the scans that are drawn. */
export function useSection(
  section: SectionState | null,
  drawn: readonly ScanView[],
  orientation: Orientation,
  ask: Ask,
): SectionView | null {
  const plane = useMemo(() => (section ? planeOf(section, orientation) : null), [section, orientation]);
  const [cut, setCut] = useState<{ plane: SectionPlane; lines: readonly ScanLines[] } | null>(null);
  const drawnKey = drawn.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scans' ids say all that matters here
  useEffect(() => {
    if (!plane) return setCut(null);
    const leave = new AbortController();
    const targets = drawn.map(({ id }) => targetOf(id));
    void ask("section", { plane, targets }, leave.signal).then((answer) => {
      if (!answer) return;
      const lines = answer.lines.map((line) => ({ ...line, colour: sectionColour(drawn, line.scanId) }));
      setCut({ plane, lines });
    });
    return () => leave.abort();
  }, [plane, drawnKey, ask]);
  return useMemo(() => plane && { plane, lines: cut?.lines ?? [], linesOf: cut?.plane ?? null }, [plane, cut]);
}

/** The axes of the picture: up is up, or the front of the mouth where the plane lies flat. */
export function planeOf({ origin, normal, positionMm }: SectionState, { up, anterior }: Orientation): SectionPlane {
  const upright = Math.abs(dot(normal, up)) < 0.9 ? up : anterior;
  return sectionPlane(add(origin, scale(normal, positionMm)), normal, upright);
}

/** Sagittal planes look from the patient's right, frontal ones from the front, horizontal ones from above. */
export function presetNormal(preset: SectionPreset, { right, anterior, up }: Orientation) {
  return { sagittal: right, frontal: anterior, horizontal: up }[preset];
}

function sectionColour(scans: readonly ScanView[], scanId: string): string {
  return COLOURS[scans.find(({ id }) => id === scanId)?.jaw ?? "other"];
}
