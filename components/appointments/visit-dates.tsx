"use client";
import { CalendarCheck, Truck } from "lucide-react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { AppointmentLinkView } from "#lib/appointments/appointment-schema.ts";
import { useVisitWords } from "./use-visit-words.ts";

/** Try-in and seating in the order of their days, with the lab's day among them; what comes too early is said above. */
export function VisitDates({ link }: { link: AppointmentLinkView }) {
  const t = useTranslations("appointments");
  const words = useVisitWords();
  const { visits, warnings, dueOn } = link;
  const tooEarly = new Map(warnings.map(({ visit, type }) => [visit.key, type]));
  const rows = [
    ...visits.map((visit) => ({ key: visit.key, at: `${visit.day}T${visit.time ?? "00:00"}`, visit })),
    ...(dueOn ? [{ key: "due", at: `${dueOn}T24:00`, visit: null }] : []),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return (
    <div className="flex flex-col gap-2">
      {dueOn &&
        warnings.map((warning) => (
          <Notice key={warning.visit.key} tone="warning">
            {words.warning(warning, dueOn)}
          </Notice>
        ))}
      {visits.length === 0 && <p className="text-muted text-sm">{t("noVisits")}</p>}
      <ol aria-label={t("dates")} className="flex flex-col text-sm">
        {rows.map(({ key, visit }) => (
          <li key={key} className="flex min-h-8 items-center gap-2 border-t py-1 first:border-t-0">
            {visit ? (
              <CalendarCheck aria-hidden className="size-4 shrink-0 text-muted" />
            ) : (
              <Truck aria-hidden className="size-4 shrink-0 text-accent" />
            )}
            <span className={classNames("min-w-0 flex-1 truncate", !visit && "font-semibold")}>
              {visit ? words.kind(visit) : t("labDelivers")}
            </span>
            <span
              className={classNames(
                "whitespace-nowrap text-right",
                visit && tooEarly.has(visit.key) && "font-semibold text-pending",
                !visit && "font-semibold",
              )}
            >
              {visit ? words.when(visit) : words.day(dueOn ?? "")}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
