import { useEffect, useState } from "react";
import type { ContactRow, LaidOn, MapTarget, ScanMap } from "#components/scan-viewer/measuring/measure-messages.ts";
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
  const [maps, setMaps] = useState<readonly ScanMap[] | "failed" | null>(null);
  const [rows, setRows] = useState<readonly ContactRow[]>([]);
  const pair = jaws?.map(({ id }) => id).join() ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the jaws' ids say all that matters here
  useEffect(() => {
    if (!active || !jaws) return;
    const leave = new AbortController();
    const question = { targets: [mapTarget(jaws[0]), mapTarget(jaws[1])] as const, limitMm: MOST_CONTACT_MM };
    void ask("contacts", question, leave.signal).then((answer) => {
      if (!leave.signal.aborted) setMaps(answer?.maps ?? "failed");
    });
    return () => {
      leave.abort();
      setMaps(null);
      setRows([]);
      void ask("forgetMaps", {});
    };
  }, [active, pair, ask]);
  const computed = maps !== null && maps !== "failed";
  useEffect(() => {
    if (!computed) return;
    const leave = new AbortController();
    void ask("contactAreas", { withinMm }, leave.signal).then((answer) => {
      if (answer) setRows(answer.rows);
    });
    return () => leave.abort();
  }, [computed, withinMm, ask]);
  if (!active) return null;
  if (maps === "failed") return { state: "failed" };
  return maps && rows.length > 0 ? { state: "shown", maps, rows } : { state: "computing" };
}

/** The undercuts of a scan along an axis. */
export function useUndercut(
  undercut: UndercutState | null,
  scans: readonly ScanView[],
  ask: Ask,
): MapProgress<{ areaMm2: number; deepestMm: number }> | null {
  const [shown, setShown] = useState<MapProgress<{ areaMm2: number; deepestMm: number }> | null>(null);
  const scan = scans.find(({ id }) => id === undercut?.scanId);
  const target = scan ? JSON.stringify(mapTarget(scan)) : null;
  useEffect(() => {
    if (!undercut || !target) return setShown(null);
    const leave = new AbortController();
    setShown({ state: "computing" });
    const question = { target: JSON.parse(target) as MapTarget, axis: undercut.axis };
    void ask("undercut", question, leave.signal).then((answer) => {
      if (!leave.signal.aborted) setShown(answer ? { state: "shown", ...answer } : { state: "failed" });
    });
    return () => {
      leave.abort();
      void ask("forgetMaps", {});
    };
  }, [undercut, target, ask]);
  return undercut ? (shown ?? { state: "computing" }) : null;
}

/** The wall thicknesses of a scan; how much of it is thin is asked again with the threshold. */
export function useThickness(
  scanId: string | null,
  scans: readonly ScanView[],
  thinMm: number,
  ask: Ask,
): MapProgress<{ rows: readonly ContactRow[] }> | null {
  const [maps, setMaps] = useState<readonly ScanMap[] | "failed" | null>(null);
  const [rows, setRows] = useState<readonly ContactRow[]>([]);
  const scan = scans.find(({ id }) => id === scanId);
  const target = scan ? JSON.stringify(mapTarget(scan)) : null;
  useEffect(() => {
    if (!target) return;
    const leave = new AbortController();
    const question = { target: JSON.parse(target) as MapTarget, limitMm: MOST_THICKNESS_MM };
    void ask("thickness", question, leave.signal).then((answer) => {
      if (!leave.signal.aborted) setMaps(answer?.maps ?? "failed");
    });
    return () => {
      leave.abort();
      setMaps(null);
      setRows([]);
      void ask("forgetMaps", {});
    };
  }, [target, ask]);
  const computed = maps !== null && maps !== "failed";
  useEffect(() => {
    if (!computed) return;
    const leave = new AbortController();
    void ask("contactAreas", { withinMm: thinMm }, leave.signal).then((answer) => {
      if (answer) setRows(answer.rows);
    });
    return () => leave.abort();
  }, [computed, thinMm, ask]);
  if (!target) return null;
  if (maps === "failed") return { state: "failed" };
  return maps && rows.length > 0 ? { state: "shown", maps, rows } : { state: "computing" };
}

/** Two versions of a scan on each other. */
export function useCompare(
  compare: CompareState | null,
  scans: readonly ScanView[],
  ask: Ask,
): MapProgress<{ laid: LaidOn; summary: DeviationSummary }> | null {
  const [shown, setShown] = useState<MapProgress<{ laid: LaidOn; summary: DeviationSummary }> | null>(null);
  const of = (id: string | undefined) => scans.find((scan) => scan.id === id && scan.state === "ready");
  const [reference, scan] = [of(compare?.referenceId), of(compare?.scanId)];
  const question = reference && scan ? JSON.stringify([mapTarget(reference), mapTarget(scan)]) : null;
  useEffect(() => {
    if (!question) return setShown(null);
    const leave = new AbortController();
    setShown({ state: "computing" });
    const [fixed, target] = JSON.parse(question) as [MapTarget, MapTarget];
    const asked = { reference: fixed, target, limitMm: MOST_DEVIATION_MM, toleranceMm: TOLERANCE_MM };
    void ask("compare", asked, leave.signal).then((answer) => {
      if (!leave.signal.aborted) setShown(answer ? { state: "shown", ...answer } : { state: "failed" });
    });
    return () => {
      leave.abort();
      void ask("forgetMaps", {});
    };
  }, [question, ask]);
  return question ? (shown ?? { state: "computing" }) : null;
}

function mapTarget(scan: ScanView): MapTarget {
  const { low, full } = wishFor(scan);
  return { scanId: scan.id, url: full, low };
}
