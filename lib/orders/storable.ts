/**
 * Vendor data as PostgreSQL can hold it: text without NUL and without half surrogate pairs, dates that are dates, through
 * objects and arrays. One such letter in one order must never stop the others (F19).
 */
export function storable<T>(value: T): T {
  if (typeof value === "string") return value.replaceAll("\0", "").toWellFormed() as T;
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(storable) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storable(item)])) as T;
}

/** The date, or null for none, for one that is no date and for years that no calendar of ours prints (F29). */
export function storableDate(date: Date | null): Date | null {
  const year = date?.getUTCFullYear();
  return date && year !== undefined && year >= 1 && year <= 9999 ? date : null;
}
