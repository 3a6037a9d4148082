import { Download } from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { isLine } from "#lib/scans/scan-role.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { isLocalScan } from "./local/local-previews.ts";

const CONVERTED = ["stl", "obj", "ply"] as const;

/** The file as the vendor packed it, or, once a surface could be read, converted. */
export function ScanDownloads({ scan, name }: { scan: ScanView; name: string }) {
  const t = useTranslations("scanViewer.jaws");
  if (isLocalScan(scan.id)) return null;
  const link = (format: string) => `/api/scans/${scan.id}/download?format=${format}`;
  return (
    <Menu
      align="end"
      trigger={
        <IconButton size="small" className="w-7" label={t("download", { scan: name })}>
          <Download aria-hidden className="size-3.5" />
        </IconButton>
      }
    >
      <MenuItem asChild>
        <a href={link("original")} download>
          {t("original")}
        </a>
      </MenuItem>
      {(scan.state === "ready" && !isLine(scan) ? CONVERTED : []).map((format) => (
        <MenuItem key={format} asChild>
          <a href={link(format)} download>
            {format.toUpperCase()}
          </a>
        </MenuItem>
      ))}
    </Menu>
  );
}
