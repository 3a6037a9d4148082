import { safeFileName } from "#lib/scans/safe-file-name.ts";

/** What a template may name: {number}, {clinic} … */
export const NAME_TOKENS = [
  "number",
  "clinic",
  "lab",
  "case",
  "patient",
  "patient_code",
  "jaw",
  "kind",
  "name",
  "received",
  "due",
  "portal",
] as const;
export type NameToken = (typeof NAME_TOKENS)[number];
export type NameValues = Record<NameToken, string>;

/** Longest template, in UTF-16 units. */
export const LONGEST_TEMPLATE = 200;
/** Folders inside a case, at most. */
const DEEPEST = 4;

/** The tokens of a template that there are not; empty: it can be used. */
export function unknownTokens(template: string): string[] {
  const named = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, token = ""]) => token);
  return [...new Set(named)].filter((token) => !NAME_TOKENS.some((known) => known === token));
}

/**
 * A file's name without its ending, safe on every system: what stands for a token cannot make a folder, only "/" of the template
 * can, and an empty value takes the marks beside it along ("{jaw}_{name}" without a jaw is the name).
 */
export function applyTemplate(template: string, values: NameValues): string {
  const folders = template.split("/").map((part) => {
    const filled = part.replace(/\{([^{}]*)\}([ _.-]*)/g, (_whole, token: string, marks: string) => {
      const value = (values[token as NameToken] ?? "").replace(/[/\\]/g, "_").trim();
      return value === "" ? "" : value + marks;
    });
    return filled.replace(/[ _.-]+$/, "").trim();
  });
  const named = folders.filter((part) => part !== "" && !/^\.+$/.test(part)).slice(-DEEPEST);
  return named.length > 0 ? named.map((part) => safeFileName(part)).join("/") : safeFileName(values.name, "file");
}
