"use client";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { prefetchPreview } from "./fetch-preview.ts";
import type { ScanViewerProps } from "./scan-viewer.tsx";
import { drawnScans, INITIAL_STATE } from "./viewer-state.ts";
import { firstPictureUrls } from "./wish-for.ts";

const ScanViewer = dynamic(
  () => {
    // The scene's code travels beside the viewer's, not after it.
    void import("./stage/stage.tsx");
    return import("./scan-viewer.tsx").then(({ ScanViewer }) => ScanViewer);
  },
  { ssr: false, loading: ViewerSkeleton },
);

/** The scan viewer for a page: loaded in the browser only, in the size it will have, its first picture beside its code. */
export function ScanViewerLoader(props: ScanViewerProps) {
  const firstPictures = drawnScans(props.scans, INITIAL_STATE)
    .filter((scan) => scan.previews.full)
    .map((scan) => scan.id)
    .join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scans' ids say all that matters here
  useEffect(() => {
    const leave = new AbortController();
    const urls = firstPictureUrls(props.orderId, drawnScans(props.scans, INITIAL_STATE));
    for (const url of urls) void prefetchPreview(url, leave.signal);
    return () => leave.abort();
  }, [firstPictures]);
  return <ScanViewer {...props} />;
}

function ViewerSkeleton() {
  const t = useTranslations("scanViewer");
  return (
    <div role="status" aria-busy aria-label={t("loading")} className="flex h-full w-full flex-col bg-surface">
      <div className="h-10 shrink-0 border-b" />
      <div className="min-h-0 flex-1 bg-stage" />
    </div>
  );
}
