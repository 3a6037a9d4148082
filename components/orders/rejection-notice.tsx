"use client";
import { useTranslations } from "use-intl";
import { Moment } from "#components/ui/moment.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";

/** Why the lab rejected it, for the clinic that placed it. */
export function RejectionNotice({ order }: { order: OrderDetailView }) {
  const t = useTranslations("decisions");
  const reasons = useTranslations("reasons");
  const { rejection } = order;
  if (!rejection) return null;
  const { group, label } = rejection;
  const full = group && label ? reasons("full", { group: reasons(`groups.${group}`), label }) : null;
  return (
    <Notice tone="warning" title={t("rejectedBy", { lab: order.lab?.name ?? order.vendorName })}>
      <p className="text-text">{full ?? label ?? (group && reasons(`groups.${group}`))}</p>
      <p className="mt-0.5">
        <Moment at={rejection.at} />
      </p>
    </Notice>
  );
}
