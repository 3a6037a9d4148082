"use client";
import { useFormatter, useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import type { AppointmentCandidate } from "#lib/appointments/appointment-schema.ts";
import { useVisitWords } from "./use-visit-words.ts";

type Props = { items: readonly AppointmentCandidate[]; chosen: string | null; onChoose: (key: string) => void };

/** Appointments to choose one from: when, for whom, and how far from the order. */
export function CandidateChoice({ items, chosen, onChoose }: Props) {
  const t = useTranslations("appointments");
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{t("candidates")}</legend>
      {items.map((item) => (
        <label
          key={item.key}
          className={classNames(
            "flex cursor-pointer items-start gap-3 rounded-lg border px-3 py-2 hover:bg-hover",
            item.key === chosen && "border-accent bg-selected",
          )}
        >
          <input
            type="radio"
            name="appointment"
            value={item.key}
            checked={item.key === chosen}
            onChange={() => onChoose(item.key)}
            className="mt-1 accent-(--accent)"
          />
          <Candidate item={item} />
        </label>
      ))}
    </fieldset>
  );
}

function Candidate({ item }: { item: AppointmentCandidate }) {
  const t = useTranslations("appointments");
  const format = useFormatter();
  const words = useVisitWords();
  const { patient, daysFromOrder } = item;
  const born = patient?.birthDate
    ? format.dateTime(new Date(`${patient.birthDate}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" })
    : null;
  return (
    <span className="flex min-w-0 flex-1 flex-col">
      <span className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium">{item.title || t("visit")}</span>
        {item.isProposed && (
          <span className="rounded bg-accepted-soft px-1.5 font-medium text-accepted text-xs">{t("proposed")}</span>
        )}
        <span className="ml-auto whitespace-nowrap text-sm">{words.when(item)}</span>
      </span>
      <span className="text-muted text-sm">
        {patient ? (born ? t("patientBorn", { name: patient.name, born }) : patient.name) : t("noPatient")}
        {daysFromOrder !== null && (
          <span> · {t("fromOrder", { side: sideOf(daysFromOrder), days: Math.abs(daysFromOrder) })}</span>
        )}
      </span>
      {item.nameAgrees === false && <span className="text-pending text-sm">{t("nameDiffers")}</span>}
    </span>
  );
}

function sideOf(days: number): "before" | "after" | "same" {
  if (days === 0) return "same";
  return days < 0 ? "before" : "after";
}
