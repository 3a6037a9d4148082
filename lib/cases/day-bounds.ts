/** First and last millisecond of a calendar day in a zone, as instants. A zone nobody knows counts as UTC. @param day YYYY-MM-DD */
export function dayBounds(day: string, timeZone: string): { from: Date; to: Date } {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { from: startOf(day, timeZone), to: new Date(startOf(next, timeZone).getTime() - 1) };
}

function startOf(day: string, timeZone: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // Near a change of the clock the first guess may use the other side's offset; the second does not.
  const guess = utc - offsetAt(utc, timeZone);
  return new Date(utc - offsetAt(guess, timeZone));
}

/** How far the zone's clocks are ahead of UTC at an instant, ms. */
function offsetAt(instant: number, timeZone: string): number {
  try {
    const shown = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(
      instant,
    );
    return Date.parse(`${shown.replace(" ", "T")}Z`) - Math.floor(instant / 1000) * 1000;
  } catch {
    return 0;
  }
}
