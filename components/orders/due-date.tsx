"use client";
import { CalendarClock } from "lucide-react";
import { useFormatter, useNow, useTimeZone, useTranslations } from "use-intl";
import { useDateFormat } from "#components/portal/preferences-context.tsx";
import { useDates } from "#components/portal/use-dates.ts";
import { classNames } from "#components/ui/class-names.ts";
import { dayIn } from "#lib/day-in.ts";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { dueState } from "./due-state.ts";
import { useDaysAway } from "./use-days-away.ts";

/** The due day and how near it is; overdue and near days stand out in word and colour. */
export function DueDate({
  order,
  className,
  countdown,
}: {
  order: Pick<OrderView, "dueOn" | "status">;
  className?: string;
  /** Says how many days are left beside a day that is not near. */
  countdown?: boolean;
}) {
  const t = useTranslations("orders");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const timeZone = useTimeZone();
  const wish = useDateFormat();
  const { day } = useDates();
  const daysAway = useDaysAway();
  if (!order.dueOn) return <span className={classNames("text-muted", className)}>{t("noDue")}</span>;
  const { days, urgency } = dueState(order.dueOn, dayIn(now, timeZone), order.status);
  // The day itself has no time zone: printed in UTC it stays the day it is.
  const date = new Date(`${order.dueOn}T00:00:00Z`);
  const thisYear = date.getUTCFullYear() === now.getFullYear();
  const short =
    wish === "language"
      ? format.dateTime(date, {
          day: "numeric",
          month: "short",
          year: thisYear ? undefined : "numeric",
          timeZone: "UTC",
        })
      : day(order.dueOn);
  const near = daysAway(days);
  const pressing = urgency === "overdue" || urgency === "soon";
  return (
    <time
      dateTime={order.dueOn}
      title={format.dateTime(date, { dateStyle: "full", timeZone: "UTC" })}
      className={classNames(
        "inline-flex items-center gap-1 whitespace-nowrap",
        urgency === "overdue" && "font-semibold text-rejected",
        urgency === "soon" && "font-semibold text-pending",
        urgency === "settled" && "text-muted",
        className,
      )}
    >
      {pressing && <CalendarClock aria-hidden className="size-3.5" />}
      {pressing ? near : short}
      {urgency === "later" && countdown && <span className="text-muted text-xs">{near}</span>}
    </time>
  );
}
