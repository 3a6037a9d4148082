import { useCallback, useEffect, useState } from "react";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { previewUrl } from "./fetch-preview.ts";
import type { PickTarget } from "./picking/pick-messages.ts";
import { usePicker } from "./picking/use-picker.ts";
import type { Vector } from "./vector.ts";
import type { ViewerAction, ViewerState } from "./viewer-state.ts";

/** What measuring tells the person: which click comes next, or why the last one gave nothing. */
export type MeasuringHint = "first" | "second" | "missed" | "failed" | null;

/** Turns clicks on the stage into points while the distance tool is in hand. */
export function useMeasuring(
  state: ViewerState,
  drawn: readonly ScanView[],
  dispatch: (action: ViewerAction) => void,
): {
  hint: MeasuringHint;
  click: (ray: { origin: Vector; direction: Vector }, offsets: ReadonlyMap<string, Vector>) => void;
} {
  const { pick, warmUp } = usePicker();
  const [trouble, setTrouble] = useState<"missed" | "failed" | null>(null);
  const active = state.tool === "distance";
  const drawnIds = drawn.map(({ id }) => id).join();

  useEffect(() => {
    setTrouble(null);
    if (active && drawnIds) warmUp(drawnIds.split(",").map((id) => targetOf(id)));
  }, [active, drawnIds, warmUp]);

  const click = useCallback(
    async (ray: { origin: Vector; direction: Vector }, offsets: ReadonlyMap<string, Vector>) => {
      if (!active) return;
      const targets = [...offsets].map(([id, offset]) => targetOf(id, offset));
      const { hit, failed } = await pick({ ...ray, targets });
      if (hit) dispatch({ type: "pick", picked: hit });
      setTrouble(hit ? null : failed ? "failed" : "missed");
    },
    [active, pick, dispatch],
  );

  const hint = active ? (trouble ?? (state.draft ? "second" : "first")) : null;
  return { hint, click };
}

function targetOf(scanId: string, offset: Vector = [0, 0, 0]): PickTarget {
  return { scanId, url: previewUrl(scanId, "full"), offset };
}
