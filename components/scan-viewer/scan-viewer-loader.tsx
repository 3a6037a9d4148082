"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "use-intl";
import type { ScanViewerProps } from "./scan-viewer.tsx";

const ScanViewer = dynamic(
  () => {
    // The scene's code travels beside the viewer's, not after it.
    void import("./stage/stage.tsx");
    return import("./scan-viewer.tsx").then(({ ScanViewer }) => ScanViewer);
  },
  { ssr: false, loading: ViewerSkeleton },
);

/** The scan viewer for a page: loaded in the browser only, in the size it will have. */
export function ScanViewerLoader(props: ScanViewerProps) {
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
