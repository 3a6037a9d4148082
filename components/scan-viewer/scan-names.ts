import { useTranslations } from "use-intl";
import type { ScanView } from "#lib/scans/scan-schema.ts";

/** How a scan is called: by its place in the mouth, with the file's name where a place has several. */
export function useScanName(scans: readonly ScanView[]): (scan: ScanView) => string {
  const t = useTranslations("scanViewer.jaws");
  return (scan) => {
    const jaw = scan.jaw ?? "other";
    const several = scans.filter((other) => (other.jaw ?? "other") === jaw).length > 1;
    return several || jaw === "other" ? `${t(jaw)} ${scan.name}` : t(jaw);
  };
}
