import { VendorError } from "#lib/vendors/error.ts";

export type QueryValue = string | number | boolean | Date | null | undefined | readonly (string | number)[];

/**
 * Fills `{parameters}` of a documented path. Values are encoded part by part: vendor ids are Base64, file names hold spaces.
 * @throws {VendorError} not_found, for a value that would leave its place in the path
 */
export function fillPath(vendor: string, path: string, params: Record<string, string | number> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${path} needs ${name}`);
    const text = String(value);
    if (text === "" || text === "." || text === ".." || !text.isWellFormed())
      throw new VendorError("not_found", vendor, `${path}: ${name} is no id`, { noEffect: true });
    // "@" may stand in a path as it is, and the vendors write their examples so.
    return encodeURIComponent(text).replaceAll("%40", "@");
  });
}

/** Writes a query; lists repeat their name, absent values are left out, instants are epoch ms. */
export function writeQuery(query: Record<string, QueryValue>): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    const values = Array.isArray(value) ? value : [value instanceof Date ? value.getTime() : value];
    for (const one of values) pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`);
  }
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}
