"use client";
import { useTranslations } from "use-intl";
import { SORTS } from "#lib/orders/order-values.ts";
import type { OrderFilters } from "./order-filters.ts";

const LABELS = {
  "-receivedAt": "sortReceivedNew",
  receivedAt: "sortReceivedOld",
  dueOn: "sortDueSoon",
  "-dueOn": "sortDueLate",
  "-vendorUpdatedAt": "sortChanged",
  vendorUpdatedAt: "sortChangedOld",
  number: "sortNumber",
  "-number": "sortNumberDown",
  clinic: "sortClinic",
} as const satisfies Record<OrderFilters["sort"], string>;

/** On a phone there are no column headers to press. */
export function SortChoice(props: { sort: OrderFilters["sort"]; onChange: (sort: OrderFilters["sort"]) => void }) {
  const t = useTranslations("orders");
  return (
    <select
      aria-label={t("sort")}
      value={props.sort}
      onChange={(event) => props.onChange(event.target.value as OrderFilters["sort"])}
      className="h-8 rounded-md border bg-surface px-2 text-muted text-sm sm:hidden"
    >
      {SORTS.map((sort) => (
        <option key={sort} value={sort}>
          {t(LABELS[sort])}
        </option>
      ))}
    </select>
  );
}
