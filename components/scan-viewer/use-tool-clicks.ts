import { useCallback, useEffect, useState } from "react";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { previewUrl } from "./fetch-preview.ts";
import type { MeasureTarget } from "./measuring/measure-messages.ts";
import type { Ask } from "./measuring/use-measurer.ts";
import { scale, type Vector } from "./vector.ts";
import type { Tool, ViewerAction, ViewerState } from "./viewer-state.ts";

/** What a tool tells the person: which click comes next, or why the last one gave nothing. */
export type ToolHint =
  | "first"
  | "second"
  | "corner"
  | "third"
  | "surface"
  | "pin"
  | "area"
  | "missed"
  | "failed"
  | null;

/** Tools whose clicks on the stage are points of a scan. */
const POINTING: readonly (Tool | null)[] = ["distance", "angle", "surface", "pin", "undercut"];

/** The area around a click that gives an insertion axis, mm. */
const AREA_RADIUS_MM = 2.5;

type Ray = { origin: Vector; direction: Vector };

/** Turns clicks on the stage into what the tool in hand makes of them. */
export function useToolClicks(
  state: ViewerState,
  drawn: readonly ScanView[],
  ask: Ask,
  dispatch: (action: ViewerAction) => void,
): { pointing: boolean; hint: ToolHint; click: (ray: Ray, offsets: ReadonlyMap<string, Vector>) => void } {
  const [trouble, setTrouble] = useState<"missed" | "failed" | null>(null);
  const { tool } = state;
  const pointing = POINTING.includes(tool);
  const drawnIds = drawn.map(({ id }) => id).join();

  useEffect(() => {
    setTrouble(null);
    // Loads the scans before the first click needs them, with a ray that misses everything.
    const targets = drawnIds.split(",").map((id) => ({ ...targetOf(id), offset: [0, 0, 0] as const }));
    if (pointing && drawnIds) void ask("pick", { origin: [0, 0, 1e6], direction: [0, 0, 1], targets });
  }, [pointing, drawnIds, ask]);

  const click = useCallback(
    async (ray: Ray, offsets: ReadonlyMap<string, Vector>) => {
      if (!POINTING.includes(tool)) return;
      const targets = [...offsets].map(([id, offset]) => ({ ...targetOf(id), offset }));
      const answer = await ask("pick", { ...ray, targets });
      setTrouble(answer ? (answer.hit ? null : "missed") : "failed");
      if (!answer?.hit) return;
      const picked = { scanId: answer.hit.scanId, point: answer.hit.point };
      if (tool === "surface") {
        const others = targets.filter(({ scanId }) => scanId !== picked.scanId);
        const nearest = await ask("nearest", { point: picked.point, targets: others });
        if (nearest?.hit) dispatch({ type: "measured", kind: "surface", points: [picked, nearest.hit] });
        else setTrouble("failed");
      } else if (tool === "undercut") {
        const seenFrom = scale(ray.direction, -1);
        const target = targetOf(picked.scanId);
        const area = await ask("meanNormal", { target, point: picked.point, radiusMm: AREA_RADIUS_MM, seenFrom });
        if (area?.normal)
          dispatch({ type: "undercut", undercut: { scanId: picked.scanId, axis: area.normal, from: "area" } });
      } else dispatch({ type: "pick", picked });
    },
    [tool, ask, dispatch],
  );
  return { pointing, hint: pointing ? (trouble ?? nextStep(state, drawn.length)) : null, click };
}

function nextStep({ tool, draft, undercut }: ViewerState, scans: number): ToolHint {
  switch (tool) {
    case "distance":
      return draft.length === 0 ? "first" : "second";
    case "angle":
      return (["first", "corner", "third"] as const)[draft.length] ?? null;
    case "surface":
      return scans > 1 ? "surface" : "failed";
    case "pin":
      return draft.length === 0 ? "pin" : null;
    case "undercut":
      return undercut ? null : "area";
    default:
      return null;
  }
}

export function targetOf(scanId: string): MeasureTarget {
  return { scanId, url: previewUrl(scanId, "full") };
}
