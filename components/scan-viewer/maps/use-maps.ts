import { useEffect, useState } from "react";
import type {
  ContactRow,
  LaidOn,
  MapTarget,
  Questions,
  ScanMap,
} from "#components/scan-viewer/measuring/measure-messages.ts";
import type { Ask } from "#components/scan-viewer/measuring/use-measurer.ts";
import {
  appearanceOf,
  type CompareState,
  MOST_CONTACT_MM,
  MOST_DEVIATION_MM,
  MOST_THICKNESS_MM,
  scansOfGroup,
  type UndercutState,
  type ViewerState,
} from "#components/scan-viewer/viewer-state.ts";
import { wishFor } from "#components/scan-viewer/wish-for.ts";
import type { DeviationSummary } from "#lib/mesh/measure/deviations.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";

/** Deviations within this are said to agree, mm: what a scanner repeats. */
export const TOLERANCE_MM = 0.05;

/** How the values of a map become colours: signed distances around a threshold, or depths up to one. mm */
export interface MapScale {
  kind: "contacts" | "undercut" | "thickness" | "deviation";
  rangeMm: number;
}

export type MapProgress<T> = { state: "computing" | "failed" } | ({ state: "shown"; maps: readonly ScanMap[] } & T);

/** The jaws of the contact map: the first shown upper and lower one that are ready. Null: there are not two. */
export function contactJaws(scans: readonly ScanView[], state: ViewerState): readonly [ScanView, ScanView] | null {
  const ready = scansOfGroup(scans, state).filter((scan) => scan.state === "ready");
  const pick = (jaw: "upper" | "lower") =>
    ready.find((scan) => scan.jaw === jaw && appearanceOf(scan, scans, state).visibility !== "hide") ??
    ready.find((scan) => scan.jaw === jaw);
  const [upper, lower] = [pick("upper"), pick("lower")];
  return upper && lower ? [upper, lower] : null;
}

/** Signed distances between the jaws while `active`; computed once per pair, taken back when the tool is put away. */
export function useContacts(
  active: boolean,
  jaws: readonly [ScanView, ScanView] | null,
  withinMm: number,
  ask: Ask,
): MapProgress<{ rows: readonly ContactRow[] }> | null {
  const targets = jaws && ([mapTarget(jaws[0]), mapTarget(jaws[1])] as const);
  const question = active && targets ? { targets, limitMm: MOST_CONTACT_MM } : null;
  const shown = useAreas(useMap("contacts", question, ask), withinMm, ask);
  return active ? (shown ?? { state: "computing" }) : null;
}

/** The undercuts of a scan along an axis. */
export function useUndercut(
  undercut: UndercutState | null,
  scans: readonly ScanView[],
  ask: Ask,
): MapProgress<{ areaMm2: number; deepestMm: number }> | null {
  const target = targetOfReady(scans, undercut?.scanId);
  return useMap("undercut", undercut && target && { target, axis: undercut.axis }, ask);
}

/** The wall thicknesses of a scan; how much of it is thin is asked again with the threshold. */
export function useThickness(
  scanId: string | null,
  scans: readonly ScanView[],
  thinMm: number,
  ask: Ask,
): MapProgress<{ rows: readonly ContactRow[] }> | null {
  const target = targetOfReady(scans, scanId);
  return useAreas(useMap("thickness", target && { target, limitMm: MOST_THICKNESS_MM }, ask), thinMm, ask);
}

/** Two versions of a scan on each other. */
export function useCompare(
  compare: CompareState | null,
  scans: readonly ScanView[],
  ask: Ask,
): MapProgress<{ laid: LaidOn; summary: DeviationSummary }> | null {
  const [reference, target] = [targetOfReady(scans, compare?.referenceId), targetOfReady(scans, compare?.scanId)];
  const limits = { limitMm: MOST_DEVIATION_MM, toleranceMm: TOLERANCE_MM };
  return useMap("compare", reference && target && { reference, target, ...limits }, ask);
}

const FAILED = { state: "failed" } as const;

type MapKind = "contacts" | "undercut" | "thickness" | "compare";

/** The answer to a question for a map, asked anew when it says something else. Null: there is none. */
function useMap<K extends MapKind>(
  kind: K,
  question: Questions[K]["question"] | null,
  ask: Ask,
): MapProgress<Questions[K]["answer"]> | null {
  const asked = question && JSON.stringify(question);
  const [shown, setShown] = useState<{ asked: string; progress: MapProgress<Questions[K]["answer"]> } | null>(null);
  useEffect(() => {
    if (!asked) return;
    const leave = new AbortController();
    void ask(kind, JSON.parse(asked) as Questions[K]["question"], leave.signal).then((answer) => {
      if (leave.signal.aborted) return;
      const progress = answer ? ({ state: "shown", ...answer } as MapProgress<Questions[K]["answer"]>) : FAILED;
      setShown({ asked, progress });
    });
    return () => {
      leave.abort();
      setShown(null);
      void ask("forgetMaps", {});
    };
  }, [kind, asked, ask]);
  if (!asked) return null;
  return shown?.asked === asked ? shown.progress : { state: "computing" };
}

/** A map with how much of its surfaces has values up to a threshold. */
function useAreas(
  map: MapProgress<object> | null,
  withinMm: number,
  ask: Ask,
): MapProgress<{ rows: readonly ContactRow[] }> | null {
  const [areas, setAreas] = useState<{ of: readonly ScanMap[]; rows: readonly ContactRow[] } | null>(null);
  const maps = map?.state === "shown" ? map.maps : null;
  useEffect(() => {
    if (!maps) return;
    const leave = new AbortController();
    void ask("contactAreas", { withinMm }, leave.signal).then((answer) => {
      if (answer) setAreas({ of: maps, rows: answer.rows });
    });
    return () => leave.abort();
  }, [maps, withinMm, ask]);
  if (map?.state !== "shown") return map;
  return areas?.of === maps ? { ...map, rows: areas.rows } : { state: "computing" };
}

function targetOfReady(scans: readonly ScanView[], id: string | null | undefined): MapTarget | null {
  const scan = scans.find((one) => one.id === id && one.state === "ready");
  return scan ? mapTarget(scan) : null;
}

function mapTarget(scan: ScanView): MapTarget {
  const { low, full } = wishFor(scan);
  return { scanId: scan.id, url: full, low };
}
