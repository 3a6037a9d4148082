const formats = new Map<string | undefined, Intl.DateTimeFormat>();

/** The calendar day of an instant in a time zone, YYYY-MM-DD. @param timeZone IANA; undefined: the machine's own */
export function dayIn(date: Date, timeZone: string | undefined): string {
  let format = formats.get(timeZone);
  if (!format) {
    // Canadian English writes dates as ISO 8601 does. Making a format costs more than using it a thousand times.
    format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    formats.set(timeZone, format);
  }
  return format.format(date);
}
