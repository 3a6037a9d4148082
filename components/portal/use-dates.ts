"use client";
import { useFormatter, useTimeZone } from "use-intl";
import { dayIn } from "#lib/day-in.ts";
import type { Preferences } from "#lib/preferences/preferences-schema.ts";
import { useDateFormat } from "./preferences-context.tsx";

/** Calendar days (YYYY-MM-DD) and instants as the member wants to read them. */
export function useDates(): { day: (day: string) => string; instant: (at: Date) => string } {
  const format = useFormatter();
  const timeZone = useTimeZone();
  const wish = useDateFormat();
  if (wish === "language")
    return {
      day: (day) => format.dateTime(new Date(`${day}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" }),
      instant: (at) => format.dateTime(at, { dateStyle: "medium", timeStyle: "short" }),
    };
  return {
    day: (day) => arrangeDay(day, wish),
    instant: (at) => `${arrangeDay(dayIn(at, timeZone), wish)}, ${format.dateTime(at, { timeStyle: "short" })}`,
  };
}

function arrangeDay(day: string, wish: Exclude<Preferences["dateFormat"], "language">): string {
  const [year, month, date] = day.split("-");
  if (wish === "iso") return day;
  return wish === "dmy" ? `${date}.${month}.${year}` : `${month}/${date}/${year}`;
}
