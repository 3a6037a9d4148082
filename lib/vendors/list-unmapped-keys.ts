/**
 * The keys of a vendor record that our mapping does not know, as paths: counted and shown to the admin, so that a vendor's new
 * field is noticed. Values are never looked at.
 */
export type KnownKeys = { [key: string]: true | KnownKeys };

const MOST = 50;

/**
 * @param known every key we know; `true` for one whose inside is not looked at. Lists are looked into item by item.
 * @returns paths like "case.files[].thumbnail", each once, sorted, at most 50
 */
export function listUnmappedKeys(value: unknown, known: KnownKeys): string[] {
  const found = new Set<string>();
  walk(value, known, "", found);
  return [...found].sort().slice(0, MOST);
}

function walk(value: unknown, known: KnownKeys, path: string, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, known, `${path}[]`, found);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const here = path ? `${path}.${key}` : key;
    const rule = Object.hasOwn(known, key) ? known[key] : undefined;
    // Keys could be data (a map keyed by names): only what looks like a field's name is kept.
    if (rule === undefined) found.add(/^[A-Za-z_][\w-]{0,40}$/.test(key) ? here : `${path || "(record)"}.(other)`);
    else if (rule !== true) walk(inner, rule, here, found);
  }
}
