const FLOOR_MS = 1_000;
const CAP_MS = 15 * 60_000;

/**
 * Reads `Retry-After` (RFC 9110 §10.2.3): seconds or an HTTP date, kept between 1 s and 15 min. Null when it is absent or
 * makes no sense ("soon", "-5"): then our own back-off applies.
 *
 * @param now epoch ms
 * @returns ms to wait
 */
export function readRetryAfter(header: string | string[] | undefined, now: number): number | null {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return clamp(Number(text) * 1000);
  // Every form of an HTTP date begins with the day's name; Date.parse alone would take "-5" for a month.
  const at = /^(mon|tue|wed|thu|fri|sat|sun)/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : clamp(at - now);
}

function clamp(ms: number): number {
  return Math.min(CAP_MS, Math.max(FLOOR_MS, Math.ceil(ms)));
}
