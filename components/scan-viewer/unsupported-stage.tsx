import { useTranslations } from "use-intl";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { ScanDownloads } from "./scan-downloads.tsx";
import { useScanName } from "./scan-names.ts";

/** Without WebGL: what is known of each scan, and the files themselves. */
export function UnsupportedStage({ scans }: { scans: readonly ScanView[] }) {
  const t = useTranslations("scanViewer");
  const nameOf = useScanName(scans);
  return (
    <section
      aria-label={t("title")}
      data-scan-state="unsupported"
      data-triangles={0}
      className="h-full w-full overflow-y-auto bg-surface p-6"
    >
      <h2 className="font-semibold text-lg">{t("status.unsupportedTitle")}</h2>
      <p className="mt-1 max-w-prose text-muted text-pretty">{t("status.unsupported")}</p>
      <ul className="mt-4 max-w-prose divide-y border-y">
        {scans
          .filter(({ state }) => state === "ready")
          .map((scan) => (
            <li key={scan.id} className="flex items-center gap-3 py-2">
              <div className="min-w-0 flex-1">
                <p className="font-medium">{nameOf(scan)}</p>
                <p className="truncate text-muted text-sm tabular-nums">
                  {t("jaws.exact", {
                    triangles: scan.triangles ?? 0,
                    micrometres: Math.ceil(scan.maxErrorUm ?? 0),
                  })}
                </p>
              </div>
              <ScanDownloads scan={scan} name={nameOf(scan)} />
            </li>
          ))}
      </ul>
    </section>
  );
}
