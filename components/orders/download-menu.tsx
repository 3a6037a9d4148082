"use client";
import { ChevronDown, Download } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem, MenuLabel } from "#components/ui/menu.tsx";

const CONVERTED = ["stl", "obj", "ply"] as const;

/** The whole case as one zip: as the vendor packed it, or with its scans in a format the CAD program reads. */
export function DownloadMenu({ orderId }: { orderId: string }) {
  const t = useTranslations("orders");
  const address = (format: string) => `/api/orders/${orderId}/download?format=${format}`;
  return (
    <Menu
      align="end"
      trigger={
        <Button size="small">
          <Download aria-hidden className="size-3.5" />
          {t("downloadAll")}
          <ChevronDown aria-hidden className="size-3.5" />
        </Button>
      }
    >
      <MenuLabel>{t("downloadAs")}</MenuLabel>
      <MenuItem asChild>
        <a href={address("original")} download>
          {t("formatOriginal")}
        </a>
      </MenuItem>
      {CONVERTED.map((format) => (
        <MenuItem key={format} asChild>
          <a href={address(format)} download>
            {t("formatConverted", { format: format.toUpperCase() })}
          </a>
        </MenuItem>
      ))}
    </Menu>
  );
}
