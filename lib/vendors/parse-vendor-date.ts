const INSTANT =
  /^([+-]?\d{4,6})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const LAST_YEAR = 9999;
/** Epoch ms of the end of the year 9999: MeditLink's own upper bound of its search (guide §3.5.1). */
export const LAST_MS = 253_402_300_799_999;
/** Numbers below it are epoch seconds: as ms they would lie in the year 1973. */
const SECONDS_BELOW = 100_000_000_000;

export type VendorDate = {
  at: Date | null;
  /** True when the vendor's text could not be what it meant and was put right or left out. */
  corrected: boolean;
};

/**
 * Reads an instant the way vendors print them; an order is never lost to a date.
 *
 * - empty or absent → null;
 * - ISO-8601 with or without a zone (without: UTC, as both vendors document);
 * - a year beyond 9999 is epoch milliseconds printed as seconds, as MeditLink does for groups inside orders
 *   (`+52377-10-31T18:06:40Z` is 2020-05-29T01:59:10Z): divided by 1000;
 * - numbers are epoch milliseconds, or seconds when small;
 * - anything else → null, flagged.
 */
export function parseVendorDate(value: unknown): VendorDate {
  if (value === null || value === undefined) return { at: null, corrected: false };
  if (typeof value === "number") return fromNumber(value);
  if (typeof value !== "string") return { at: null, corrected: true };
  const text = value.trim();
  if (text === "") return { at: null, corrected: false };
  if (/^\d{9,17}$/.test(text)) return fromNumber(Number(text));
  const match = INSTANT.exec(text);
  return match ? fromParts(match) : { at: null, corrected: true };
}

function fromNumber(value: number): VendorDate {
  if (!Number.isFinite(value) || value <= 0) return { at: null, corrected: true };
  if (value > LAST_MS) return { at: new Date(Math.round(value / 1000)), corrected: true };
  return { at: new Date(value < SECONDS_BELOW ? value * 1000 : value), corrected: false };
}

function fromParts(match: RegExpExecArray): VendorDate {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const fraction = Number(`0.${match[7] ?? "0"}`);
  // Date.UTC takes years below 100 for 19xx; no vendor means them.
  const wall = year < 100 ? Number.NaN : Date.UTC(year, month - 1, day, hour, minute, second);
  const at = wall + Math.floor(fraction * 1000) - zoneMs(match[8]);
  if (Number.isNaN(at)) return { at: null, corrected: true };
  if (year <= LAST_YEAR && at > LAST_MS) return { at: null, corrected: true };
  if (year > LAST_YEAR) return { at: new Date(Math.round(at / 1000)), corrected: true };
  const exists =
    month >= 1 && month <= 12 && new Date(Date.UTC(year, month, 0)).getUTCDate() >= day && day >= 1 && hour <= 24;
  return { at: new Date(at), corrected: !exists };
}

/** "Z" or nothing → 0, "+09:00" → ms east of Greenwich. */
function zoneMs(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? "");
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -minutes : minutes) * 60_000;
}
