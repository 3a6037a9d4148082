"use client";
import { ExternalLink, FileText } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { DisclosureMark } from "#components/ui/disclosure-mark.tsx";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";

/**
 * The vendor's order form, in the page; only what is unfolded is fetched: the vendor is asked for it then, and the order counts as
 * downloaded from.
 */
export function OrderFormSection({ order }: { order: OrderDetailView }) {
  const t = useTranslations("orders");
  const [open, setOpen] = useState(false);
  if (!order.files.some((file) => file.kind === "order_form")) return null;
  const address = `/api/orders/${order.id}/order-form`;
  return (
    <div className="relative">
      <details className="group panel overflow-hidden" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="flex h-10 items-center gap-2 px-3 font-semibold">
          <DisclosureMark />
          <FileText aria-hidden className="size-4 text-muted" />
          {t("orderForm")}
        </summary>
        {open && <iframe src={address} title={t("orderForm")} className="block h-[70vh] w-full border-t bg-sunken" />}
      </details>
      {/* Beside what unfolds, not in it: a control within another cannot be told apart by ear. */}
      <a
        href={address}
        target="_blank"
        rel="noreferrer"
        className="absolute top-0 right-3 flex h-10 items-center gap-1 text-accent text-sm"
      >
        {t("openOrderForm")}
        <ExternalLink aria-hidden className="size-3.5" />
      </a>
    </div>
  );
}
