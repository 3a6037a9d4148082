"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { prefetchPreview } from "./fetch-preview.ts";
import { loadedViewer, loadViewer } from "./loaded-viewer.ts";
import type { ScanViewerProps } from "./scan-viewer.tsx";
import { drawnScans, INITIAL_STATE } from "./viewer-state.ts";
import { firstPictureUrls } from "./wish-for.ts";

const LaterViewer = dynamic(() => loadViewer().then(({ ScanViewer }) => ScanViewer), {
  ssr: false,
  loading: ViewerSkeleton,
});

/** The scan viewer for a page: loaded in the browser only, in the size it will have, its first picture beside its code. */
export function ScanViewerLoader(props: ScanViewerProps) {
  // Code that is here is shown in the same turn; waiting for it, however short, costs a picture of the skeleton.
  const [Viewer] = useState(() => loadedViewer());
  const firstPictures = drawnScans(props.scans, INITIAL_STATE)
    .filter((scan) => scan.previews.full)
    .map((scan) => scan.id)
    .join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scans' ids say all that matters here
  useEffect(() => {
    if (Viewer) return;
    const leave = new AbortController();
    const urls = firstPictureUrls(props.orderId, drawnScans(props.scans, INITIAL_STATE));
    for (const url of urls) void prefetchPreview(url, leave.signal);
    return () => leave.abort();
  }, [firstPictures, Viewer]);
  return Viewer ? <Viewer {...props} /> : <LaterViewer {...props} />;
}

function ViewerSkeleton() {
  const t = useTranslations("scanViewer");
  return (
    <div role="status" aria-busy aria-label={t("loading")} className="flex h-full w-full flex-col bg-surface">
      <div className="h-10 shrink-0 border-b" />
      <div aria-hidden className="grid min-h-0 flex-1 place-items-center bg-stage text-on-stage text-sm">
        <span className="appear-late">{t("loading")}</span>
      </div>
    </div>
  );
}
