"use client";
import { Truck } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { Facts } from "#components/ui/facts.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";

/** How the finished work travels: who carries it, its number, where it is. */
export function OrderDelivery({ delivery }: { delivery: OrderDetailView["delivery"] }) {
  const t = useTranslations("orders");
  const format = useFormatter();
  if (delivery.length === 0) return null;
  return (
    <div className="mt-4">
      <h3 className="mb-1 flex items-center gap-2 font-semibold text-sm">
        <Truck aria-hidden className="size-4 text-muted" />
        {t("delivery")}
      </h3>
      <ul className="flex flex-col gap-2">
        {delivery.map((parcel, i) => {
          const day = parcel.scheduledAt && format.dateTime(new Date(parcel.scheduledAt), { dateStyle: "medium" });
          const facts = [
            { name: t("deliveryStatus"), value: parcel.status },
            { name: t("carrier"), value: parcel.company },
            { name: t("trackingNumber"), value: parcel.trackingNumber },
            { name: t("scheduled"), value: day },
            { name: t("deliveryMessage"), value: parcel.message },
            { name: t("changed"), value: parcel.updatedAt && <Moment at={parcel.updatedAt} /> },
          ];
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: deliveries have no id and never change places
              key={i}
              className="rounded-lg bg-sunken px-3 py-2"
            >
              <Facts facts={facts} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
