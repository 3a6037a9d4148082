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
  /** How many scans of the case are here, while others are still on their way; else null. */
  here: { scans: number; of: number } | null;
}

const NOTHING = { absence: null, triangles: 0, here: null } as const;

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
  if (coming) return { ...NOTHING, state: "loading" };
  if (scans.length === 0) return { ...NOTHING, state: "empty", absence: "empty" };
  if (drawn.length === 0) return nothingDrawn(scans);
  const arrived = drawn.flatMap(({ id }) => loaded.get(id) ?? []);
  const meshes = arrived.flatMap(({ low, full }) => full ?? low ?? []);
  const failures = arrived.filter(({ low, full, problem }) => problem && !low && !full).length;
  const triangles = meshes.reduce((sum, mesh) => sum + mesh.triangles, 0);
  if (failures === drawn.length) return { ...NOTHING, state: "failed", absence: "failed" };
  if (meshes.length === 0) return { ...NOTHING, state: "loading" };
  const complete = arrived.filter(({ full, problem }) => full || problem).length === drawn.length;
  const here = countHere(scans);
  return { state: complete && !here ? "full" : "low", absence: null, triangles, here };
}

/** A case is not whole while scans of it are with the vendor, whether or not they would be shown. */
function countHere(scans: readonly ScanView[]): ViewerStatus["here"] {
  const possible = scans.filter(({ state }) => state !== "failed").length;
  const ready = scans.filter(({ state }) => state === "ready").length;
  return ready < possible ? { scans: ready, of: possible } : null;
}

function nothingDrawn(scans: readonly ScanView[]): ViewerStatus {
  if (scans.some(({ state }) => state === "ready")) return { ...NOTHING, state: "empty", absence: "hidden" };
  const coming = scans.some(({ state }) => state !== "failed");
  return coming
    ? { ...NOTHING, state: "loading", absence: "waiting" }
    : { ...NOTHING, state: "failed", absence: "failed" };
}
