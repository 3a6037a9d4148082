"use client";
import { useNow, useTimeZone, useTranslations } from "use-intl";
import { useDates } from "#components/portal/use-dates.ts";
import { dayIn } from "#lib/day-in.ts";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { MOST_COUNTED } from "#lib/orders/order-values.ts";
import { dueState } from "./due-state.ts";
import type { Grouping } from "./group-orders.ts";
import { OtherSide } from "./order-columns.tsx";
import { useDaysAway } from "./use-days-away.ts";

/** What the orders below have in common, and how many the whole list has of them. */
export function GroupHeading(props: { by: Grouping; first: OrderView; count: number | undefined }) {
  const t = useTranslations("orders");
  return (
    <span className="inline-flex items-baseline gap-2">
      <span className="font-semibold text-text">
        {props.by === "due" ? <DueDay day={props.first.dueOn} /> : <OtherSide order={props.first} />}
      </span>
      {props.count !== undefined && (
        <span className="font-normal text-muted">
          {props.count < MOST_COUNTED ? t("groupCount", { count: props.count }) : t("groupCountMany")}
        </span>
      )}
    </span>
  );
}

function DueDay({ day }: { day: string | null }) {
  const t = useTranslations("orders");
  const dates = useDates();
  const daysAway = useDaysAway();
  const today = dayIn(useNow({ updateInterval: 60_000 }), useTimeZone());
  if (!day) return t("groupNoDue");
  const { days } = dueState(day, today, "pending");
  return t("groupDue", { day: dates.day(day), near: daysAway(days) });
}
