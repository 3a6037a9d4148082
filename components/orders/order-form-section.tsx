"use client";
import { ExternalLink, FileText } from "lucide-react";
import { useTranslations } from "use-intl";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";

/** The vendor's order form, in the page; unfolded on demand because it is fetched from the vendor then. */
export function OrderFormSection({ order }: { order: OrderDetailView }) {
  const t = useTranslations("orders");
  if (!order.files.some((file) => file.kind === "order_form")) return null;
  const address = `/api/orders/${order.id}/order-form`;
  return (
    <details className="group panel overflow-hidden">
      <summary className="flex h-10 items-center gap-2 px-3 font-semibold">
        <FileText aria-hidden className="size-4 text-muted" />
        {t("orderForm")}
        <a
          href={address}
          target="_blank"
          rel="noreferrer"
          className="ml-auto flex items-center gap-1 font-normal text-accent text-sm"
        >
          {t("openOrderForm")}
          <ExternalLink aria-hidden className="size-3.5" />
        </a>
      </summary>
      <iframe
        src={address}
        title={t("orderForm")}
        loading="lazy"
        className="block h-[70vh] w-full border-t bg-sunken"
      />
    </details>
  );
}
