import type { ScanViewer } from "./scan-viewer.tsx";

type Code = typeof import("./scan-viewer.tsx");

let loaded: Code | null = null;

/** The viewer's code, once; what fails is loaded again by whoever asks next. */
export async function loadViewer(): Promise<Code> {
  loaded = await import("./scan-viewer.tsx");
  return loaded;
}

/** Null until {@link loadViewer} has brought it. */
export function loadedViewer(): typeof ScanViewer | null {
  return loaded?.ScanViewer ?? null;
}
