"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { Notice } from "#components/ui/notice.tsx";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { orderScansQuery } from "./orders-queries.ts";

/** From so many bits per coordinate on, a jaw loses less than anybody can measure. */
const EXACT_BITS = 14;
/** The usual length of an arch where no scan says its own, mm. */
const USUAL_MM = 80;

/** Says so where a collector's portal compressed the scans: how far a point may be off, from their own size. */
export function PrecisionNotice({ order }: { order: OrderDetailView }) {
  const t = useTranslations("orders");
  const format = useFormatter();
  const { data } = useQuery(orderScansQuery(order.id));
  const bits = order.portal?.quantizationBits ?? EXACT_BITS;
  if (bits >= EXACT_BITS || order.scans.count === 0) return null;
  const lengths = (data?.items ?? []).flatMap(({ bounds }) =>
    bounds ? [Math.max(...bounds.max.map((high, axis) => high - bounds.min[axis]!))] : [],
  );
  const um = (Math.max(...lengths, lengths.length > 0 ? 0 : USUAL_MM) * 1000) / 2 ** bits;
  const error = format.number(um, { maximumFractionDigits: um < 10 ? 1 : 0 });
  return (
    <Notice tone="warning" title={t("coarseTitle")}>
      {t("coarse", { portal: order.portal?.name ?? order.vendorName, bits, error: `${error} µm` })}
    </Notice>
  );
}
