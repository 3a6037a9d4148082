import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { returnDecoder, takeDecoder } from "./decode-worker.ts";
import { casePreviewUrl } from "./fetch-preview.ts";
import { type LoadedScans, MeshLibrary, type WantedScan } from "./mesh-library.ts";
import { wishFor } from "./wish-for.ts";

const NONE: LoadedScans = new Map();

interface ScanMeshes {
  library: MeshLibrary | null;
  loaded: LoadedScans;
}

/** Loads the previews of `visible` and keeps those of scans shown earlier. Everything is freed on unmount. */
export function useScanMeshes(visible: readonly ScanView[], orderId: string | null): ScanMeshes {
  const [library, setLibrary] = useState<MeshLibrary | null>(null);
  useEffect(() => {
    const worker = takeDecoder();
    const opened = new MeshLibrary(worker, (callback) => requestAnimationFrame(callback), {
      together: (ids) => orderId && casePreviewUrl(orderId, ids),
      begun: orderId && casePreviewUrl(orderId),
    });
    setLibrary(opened);
    return () => returnDecoder(worker, opened.dispose());
  }, [orderId]);

  // The list is a new array on every render of the page; only a change of what it says may reach the worker.
  const wishes = JSON.stringify(visible.filter((scan) => scan.previews.full).map(wishFor));
  const wanted = useMemo(() => JSON.parse(wishes) as WantedScan[], [wishes]);
  useEffect(() => library?.want(wanted), [library, wanted]);

  const loaded = useSyncExternalStore(
    library?.subscribe ?? subscribeToNothing,
    library?.snapshot ?? (() => NONE),
    () => NONE,
  );
  return { library, loaded };
}

const subscribeToNothing = () => () => {};
