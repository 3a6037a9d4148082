/**
 * Reads a record whose field names are not documented: each field is tried under several names (case and separators do not
 * count), and what nobody asked for is remembered as unmapped.
 */
export class AliasReader {
  readonly #fields = new Map<string, { key: string; value: unknown }>();
  readonly #path: string;
  readonly #unmapped: Set<string>;

  /** @param unmapped collects paths like "acceptedData.scanFiles[].colour"; `finish` adds this record's */
  constructor(value: unknown, path: string, unmapped: Set<string>) {
    this.#path = path;
    this.#unmapped = unmapped;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    for (const [key, inner] of Object.entries(value)) this.#fields.set(plain(key), { key, value: inner });
  }

  /** The first of these fields that is there and not null. All of them count as mapped. */
  take(...names: string[]): unknown {
    let found: unknown;
    for (const name of names) {
      const field = this.#fields.get(plain(name));
      this.#fields.delete(plain(name));
      found ??= field?.value;
    }
    return found;
  }

  text(...names: string[]): string | null {
    const value = this.take(...names);
    if (typeof value === "number") return String(value);
    return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
  }

  /** A text, or the name of a record that stands in its place: "Zirconia" or { name: "Zirconia" }. */
  named(...names: string[]): string | null {
    const value = this.take(...names);
    if (typeof value === "number") return String(value);
    if (typeof value === "string") return value.trim() || null;
    const record = this.inside(value, names[0] ?? "");
    const name = record.text("name", "displayName", "fullName", "label", "title");
    record.finish();
    return name;
  }

  number(...names: string[]): number | null {
    const value = Number(this.take(...names) ?? Number.NaN);
    return Number.isFinite(value) ? value : null;
  }

  /** A nested record under the given names. */
  record(...names: string[]): AliasReader {
    return this.inside(this.take(...names), names[0] ?? "");
  }

  list(...names: string[]): unknown[] {
    const value = this.take(...names);
    return Array.isArray(value) ? value : [];
  }

  /** A value of this record that has been taken already. */
  inside(value: unknown, name: string): AliasReader {
    return new AliasReader(value, `${this.#path}.${name}`, this.#unmapped);
  }

  /** One item of a list that has been taken already. */
  item(value: unknown, name: string): AliasReader {
    return this.inside(value, `${name}[]`);
  }

  /** Call when the record has been read: what is left is unmapped. Keys that do not look like field names are not kept. */
  finish(): void {
    for (const { key } of this.#fields.values())
      this.#unmapped.add(`${this.#path}.${/^[A-Za-z_][\w-]{0,40}$/.test(key) ? key : "(other)"}`);
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
