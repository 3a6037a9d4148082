"use client";
import { useFormatter, useNow, useTimeZone, useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { FilterButton } from "#components/ui/multi-select.tsx";
import { Popover, PopoverClose } from "#components/ui/popover.tsx";
import { dayIn } from "#lib/day-in.ts";
import { addDays } from "./due-state.ts";
import type { OrderFilters } from "./order-filters.ts";

type Span = { dueAfter: string | null; dueBefore: string | null };

/** Days until due: named spans for every day, two dates for the rest. Both ends belong to the span. */
export function DueFilter({ filters, onChange }: { filters: OrderFilters; onChange: (span: Span) => void }) {
  const t = useTranslations("orders");
  const format = useFormatter();
  const today = dayIn(useNow(), useTimeZone());
  const { dueAfter, dueBefore } = filters;
  const spans = [
    { label: t("dueAny"), dueAfter: null, dueBefore: null },
    { label: t("dueOverdue"), dueAfter: null, dueBefore: addDays(today, -1) },
    { label: t("dueToday"), dueAfter: today, dueBefore: today },
    { label: t("dueTwoDays"), dueAfter: today, dueBefore: addDays(today, 2) },
    { label: t("dueWeek"), dueAfter: today, dueBefore: addDays(today, 7) },
  ];
  const active = Boolean(dueAfter || dueBefore);
  const named = spans.find((span) => span.dueAfter === dueAfter && span.dueBefore === dueBefore);
  const day = (value: string | null) =>
    value ? format.dateTime(new Date(`${value}T00:00:00Z`), { dateStyle: "short", timeZone: "UTC" }) : "…";
  return (
    <Popover
      className="p-1"
      trigger={
        <FilterButton
          label={t("filterDue")}
          active={active}
          value={named?.label ?? `${day(dueAfter)} – ${day(dueBefore)}`}
        />
      }
    >
      {spans.map((span) => (
        <PopoverClose key={span.label}>
          <Button
            look="quiet"
            aria-pressed={span === named}
            className={`w-full justify-start! ${span === named ? "bg-selected text-text!" : ""}`}
            onClick={() => onChange({ dueAfter: span.dueAfter, dueBefore: span.dueBefore })}
          >
            {span.label}
          </Button>
        </PopoverClose>
      ))}
      <div className="mt-1 flex gap-2 border-t p-2">
        {(["dueAfter", "dueBefore"] as const).map((end) => (
          <label key={end} className="min-w-0 flex-1 text-muted text-xs">
            {t(end === "dueAfter" ? "dueFrom" : "dueTo")}
            <input
              type="date"
              value={filters[end] ?? ""}
              onChange={(event) => onChange({ dueAfter, dueBefore, [end]: event.target.value || null })}
              className="field-box mt-1 block h-8 w-full px-1 text-sm"
            />
          </label>
        ))}
      </div>
    </Popover>
  );
}
