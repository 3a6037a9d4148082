import { useCallback, useState } from "react";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { ViewRequest } from "./stage/camera-rig.tsx";
import type { StandardView } from "./standard-views.ts";
import type { ViewerAction } from "./viewer-state.ts";

/** Which view is shown and which one was asked for. */
export function useView(scans: readonly ScanView[], dispatch: (action: ViewerAction) => void) {
  const [view, setView] = useState<StandardView | null>("home");
  const [request, setRequest] = useState<ViewRequest | null>(null);

  const showView = useCallback(
    (wanted: StandardView | "fit") => {
      setRequest({ view: wanted });
      if (wanted === "fit") return;
      setView(wanted);
      dispatch({ type: "only", jaw: jawOfView(wanted, scans) });
    },
    [scans, dispatch],
  );
  const markTurned = useCallback(() => setView(null), []);
  return { view, request, showView, markTurned };
}

/** An occlusal view shows its jaw alone: from there the other one would be in the way. */
function jawOfView(view: StandardView, scans: readonly ScanView[]): "upper" | "lower" | null {
  if (view !== "upper" && view !== "lower") return null;
  return scans.some(({ jaw, state }) => jaw === view && state === "ready") ? view : null;
}
