/**
 * The calendar day of a due date that came as an instant. A vendor sends the clinic's midnight, without its zone: 15:00Z is
 * midnight in Seoul (design §4, Dates). What is midnight where we are is read so; any other whole quarter of an hour is taken
 * for the midnight of the zone nearest to it; a time of day that is nobody's midnight counts as our own day.
 *
 * @param timeZone the organisation's IANA zone
 * @returns the day at 00:00 UTC, as a `date` column holds it
 */
export function dueDayOf(instant: Date, timeZone: string): Date {
  const here = dayAndTimeIn(instant, timeZone);
  if (here.isMidnight || !isQuarterHour(instant)) return here.day;
  const day = new Date(instant);
  const minutes = instant.getUTCHours() * 60 + instant.getUTCMinutes();
  // East of Greenwich midnight lies on the UTC day before, as far as UTC+13 (Auckland in summer); west of it on the same.
  if (minutes >= 11 * 60) day.setUTCDate(day.getUTCDate() + 1);
  day.setUTCHours(0, 0, 0, 0);
  return day;
}

function isQuarterHour(instant: Date): boolean {
  return instant.getTime() % (15 * 60_000) === 0;
}

function dayAndTimeIn(instant: Date, timeZone: string): { day: Date; isMidnight: boolean } {
  const parts = formatterOf(timeZone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((p) => p.type === type)?.value ?? 0);
  return {
    day: new Date(Date.UTC(part("year"), part("month") - 1, part("day"))),
    isMidnight: part("hour") === 0 && part("minute") === 0 && part("second") === 0,
  };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one costs more than using it a thousand times. A zone nobody knows counts as UTC. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    const options = { hourCycle: "h23", dateStyle: "short", timeStyle: "medium", calendar: "iso8601" } as const;
    try {
      formatter = new Intl.DateTimeFormat("sv-SE", { ...options, timeZone });
    } catch {
      formatter = new Intl.DateTimeFormat("sv-SE", { ...options, timeZone: "UTC" });
    }
    formatters.set(timeZone, formatter);
  }
  return formatter;
}
