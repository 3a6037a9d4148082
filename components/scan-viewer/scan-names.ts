import { useTranslations } from "use-intl";
import { roleOf } from "#lib/scans/scan-role.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";

/** How a scan is called: by its place in the mouth and what it is there, with the file's name where that says it of several. */
export function useScanName(scans: readonly ScanView[]): (scan: ScanView) => string {
  const t = useTranslations("scanViewer.jaws");
  return (scan) => {
    const jaw = scan.jaw ?? "other";
    const role = roleOf(scan);
    const called = role ? t("roles", { role, jaw }) : t(jaw);
    const sameCalled = scans.filter((other) => (other.jaw ?? "other") === jaw && roleOf(other) === role);
    return sameCalled.length > 1 || (jaw === "other" && !role)
      ? t("withFile", { scan: called, file: scan.name })
      : called;
  };
}

/** The same without the file's name, which stands below it in the list. */
export function useScanTitle(): (scan: ScanView) => string {
  const t = useTranslations("scanViewer.jaws");
  return (scan) => {
    const role = roleOf(scan);
    const jaw = scan.jaw ?? "other";
    return role ? t("roles", { role, jaw }) : t(jaw);
  };
}
