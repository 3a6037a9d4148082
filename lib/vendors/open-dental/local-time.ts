/** Times of an office: "yyyy-MM-dd HH:mm:ss" without a zone, read and written in the zone of the clinic (F31). */

const TEXT = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?/;
/** "None" is the first of January of the year 1; real charts begin later than this. */
const FIRST_YEAR = 1880;

/**
 * A local time as an instant. In the hour that a change to summer time leaves out, the time is taken as if clocks had not been
 * changed yet; in the hour that comes twice, the first one is meant. Null for "none" and for what is no time.
 */
export function readLocalTime(text: string | null, zone: string): Date | null {
  const match = TEXT.exec(text ?? "");
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  if (year < FIRST_YEAR) return null;
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const written = new Date(asUtc).toISOString();
  if (!written.startsWith(`${match[1]}-${match[2]}-${match[3]}T`)) return null;
  // Offsets of a day before and after: away from a change of the clocks they are one and the same.
  const before = offsetMs(asUtc - DAY_MS, zone);
  const after = offsetMs(asUtc + DAY_MS, zone);
  const earlier = asUtc - Math.max(before, after);
  const fits = [earlier, asUtc - Math.min(before, after)].find((at) => at + offsetMs(at, zone) === asUtc);
  return new Date(fits ?? asUtc - before);
}

/** An instant as the office's clocks show it. */
export function writeLocalTime(at: Date, zone: string): string {
  return new Date(at.getTime() + offsetMs(at.getTime(), zone)).toISOString().slice(0, 19).replace("T", " ");
}

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** ms that the zone's clocks are ahead of UTC. */
function offsetMs(at: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}
