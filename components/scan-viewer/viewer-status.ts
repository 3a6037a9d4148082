import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { LoadedScans } from "./mesh-library.ts";

/** What the stage shows, as `data-scan-state` says it to people's tools and to tests. */
export type ScanState = "loading" | "low" | "full" | "failed" | "empty" | "unsupported";

export interface ViewerStatus {
  state: ScanState;
  /** Why there is no picture. */
  absence: "waiting" | "failed" | "empty" | "hidden" | null;
  /** On screen now. */
  triangles: number;
}

/**
 * @param scans all scans of the case
 * @param drawn those that should be on the stage
 * @param coming it is not known yet which there are
 */
export function viewerStatus(
  scans: readonly ScanView[],
  drawn: readonly ScanView[],
  loaded: LoadedScans,
  coming = false,
): ViewerStatus {
  if (coming) return { state: "loading", absence: null, triangles: 0 };
  if (scans.length === 0) return { state: "empty", absence: "empty", triangles: 0 };
  if (drawn.length === 0) return nothingDrawn(scans);
  const arrived = drawn.flatMap(({ id }) => loaded.get(id) ?? []);
  const meshes = arrived.flatMap(({ low, full }) => full ?? low ?? []);
  const failures = arrived.filter(({ low, full, problem }) => problem && !low && !full).length;
  const triangles = meshes.reduce((sum, mesh) => sum + mesh.triangles, 0);
  if (failures === drawn.length) return { state: "failed", absence: "failed", triangles: 0 };
  if (meshes.length === 0) return { state: "loading", absence: null, triangles: 0 };
  const complete = arrived.filter(({ full, problem }) => full || problem).length === drawn.length;
  return { state: complete ? "full" : "low", absence: null, triangles };
}

function nothingDrawn(scans: readonly ScanView[]): ViewerStatus {
  if (scans.some(({ state }) => state === "ready")) return { state: "empty", absence: "hidden", triangles: 0 };
  const coming = scans.some(({ state }) => state !== "failed");
  return coming
    ? { state: "loading", absence: "waiting", triangles: 0 }
    : { state: "failed", absence: "failed", triangles: 0 };
}
