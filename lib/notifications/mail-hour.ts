/** The hour of the day at which daily mails leave. */
const MORNING = 7;

/**
 * @param timeZone IANA
 * @returns the day there, as a date column holds it (00:00 UTC), and whether its mail may leave yet
 */
export function mailHour(now: Date, timeZone: string): { day: Date; hasCome: boolean } {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((p) => p.type === type)?.value);
  return {
    day: new Date(Date.UTC(part("year"), part("month") - 1, part("day"))),
    hasCome: part("hour") >= MORNING,
  };
}
