"use client";
import { useFormatter, useTranslations } from "use-intl";
import { useToothWords } from "#components/prescription/use-tooth-words.ts";
import type { DateWarning, NoteDifference, VisitView } from "#lib/appointments/appointment-schema.ts";
import { isFdi } from "#lib/teeth/tooth.ts";

/** Visits, days and differences in the member's language and notation. */
export function useVisitWords() {
  const t = useTranslations("appointments");
  const format = useFormatter();
  const words = useToothWords();

  /** Days have no zone: printed in UTC they stay the day they are. */
  function day(text: string): string {
    return format.dateTime(new Date(`${text}T00:00:00Z`), {
      weekday: "short",
      day: "numeric",
      month: "short",
      timeZone: "UTC",
    });
  }

  /** "Tue 10 Mar, 09:00", the practice's own clock. */
  function when({ day: on, time }: Pick<VisitView, "day" | "time">): string {
    if (!on) return t("noDay");
    if (!time) return day(on);
    const at = new Date(`${on}T${time}:00Z`);
    return t("dayAndTime", { day: day(on), time: format.dateTime(at, { timeStyle: "short", timeZone: "UTC" }) });
  }

  function kind(visit: VisitView): string {
    if (visit.kind === "other") return visit.title || t("visit");
    return t(visit.kind === "try_in" ? "tryIn" : "seating");
  }

  function warning({ type, visit }: DateWarning, dueOn: string): string {
    const facts = { due: day(dueOn), visit: kind(visit), day: visit.day ? day(visit.day) : "" };
    return type === "due_after" ? t("warnAfter", facts) : t("warnSameDay", { ...facts, when: when(visit) });
  }

  /** Every tooth with both of its numbers: a bare one would be ambiguous again. */
  function tooth(fdi: number): string {
    return isFdi(fdi) ? words.longName(fdi) : String(fdi);
  }

  function teeth(list: readonly number[]): string {
    return format.list(list.map(tooth), { type: "conjunction" });
  }

  function difference(one: NoteDifference): string {
    switch (one.type) {
      case "tooth_not_ordered":
        return t("toothNotOrdered", { tooth: tooth(one.tooth) });
      case "tooth_not_in_note":
        return t("toothNotInNote", { tooth: tooth(one.tooth) });
      case "tooth_ambiguous":
        return t("toothAmbiguous", { written: one.written, fdi: tooth(one.asFdi), universal: tooth(one.asUniversal) });
      case "shade_not_ordered":
        return t("shadeNotOrdered", { shade: one.shade });
      case "shade_differs": {
        const ordered = format.list(one.ordered, { type: "conjunction" });
        if (one.teeth.length === 0) return t("shadeDiffers", { shade: one.shade, ordered });
        return t("shadeDiffersFor", { shade: one.shade, ordered, teeth: teeth(one.teeth) });
      }
    }
  }

  return { day, when, kind, warning, difference };
}
