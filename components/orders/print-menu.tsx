"use client";
import { Printer } from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem, MenuLabel } from "#components/ui/menu.tsx";
import { paperAddress } from "./paper-address.ts";

const PAPERS = [
  { paper: "work-ticket", label: "workTicket" },
  { paper: "order-form", label: "orderForm" },
  { paper: "delivery-note", label: "deliveryNote" },
  { paper: "label", label: "labelSingle" },
  { paper: "label?on=sheet", label: "labelSheet" },
] as const;

/** The order on paper: each opens as a PDF in a window of its own, ready for the printer. */
export function PrintMenu({ orderId }: { orderId: string }) {
  const t = useTranslations("papers");
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t("print")}>
          <Printer aria-hidden className="size-4.5" />
        </IconButton>
      }
    >
      <MenuLabel>{t("print")}</MenuLabel>
      {PAPERS.map(({ paper, label }) => (
        <MenuItem key={paper} asChild>
          <a href={paperAddress(orderId, paper)} target="_blank" rel="noreferrer">
            {t(label)}
          </a>
        </MenuItem>
      ))}
    </Menu>
  );
}
