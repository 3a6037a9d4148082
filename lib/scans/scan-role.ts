import type { ScanView } from "./scan-schema.ts";

/** What a scan is beside its place in the mouth, as vendors write it into the names of files. */
export const SCAN_ROLES = [
  "margin",
  "scanBody",
  "preop",
  "rescan",
  "prepared",
  "gingiva",
  "design",
  "left",
  "right",
] as const;
export type ScanRole = (typeof SCAN_ROLES)[number];

/** In this order: "scanbody_preop" is a scan body. */
const WORDS: readonly [ScanRole, RegExp][] = [
  ["margin", /margin/],
  ["scanBody", /scan[ _-]?bod|abutment/],
  ["preop", /pre[ _-]?op|before|situ(?![a-z])/],
  ["rescan", /re[ _-]?scan|second[ _-]?scan/],
  ["gingiva", /gingiv|emergence/],
  ["design", /design|\.general\.meditmesh$|crown|wax[ _-]?up/],
  ["prepared", /prep(?![a-z])|prepared|preparation|stump/],
];

type Named = Pick<ScanView, "name" | "jaw" | "triangles" | "state">;

/** Null: the plain scan of its place. */
export function roleOf(scan: Named): ScanRole | null {
  if (isLine(scan)) return "margin";
  const name = scan.name.toLowerCase();
  if (scan.jaw === "bite") return /left|links/.test(name) ? "left" : /right|rechts/.test(name) ? "right" : null;
  return WORDS.find(([, words]) => words.test(name))?.[0] ?? null;
}

/** A file of lines (a margin line) has no surface: it is shown, but neither measured on nor cut. */
export function isLine({ triangles, state }: Pick<ScanView, "triangles" | "state">): boolean {
  return state === "ready" && triangles === 0;
}

/** The jaw that a scan moves and is shown with: of a margin line that of the tooth (FDI) in its name. */
export function jawOf(scan: Named): "upper" | "lower" | null {
  if (scan.jaw === "upper" || scan.jaw === "lower") return scan.jaw;
  const quadrant = roleOf(scan) === "margin" ? /(?:^|\D)([1-8])[1-8](?!\d)/.exec(scan.name)?.[1] : undefined;
  return quadrant ? ("1256".includes(quadrant) ? "upper" : "lower") : null;
}

/** Shown when a case is opened: the jaws as they are to be worked on, and the line that was drawn on them. */
export function isMain(scan: Named): boolean {
  const role = roleOf(scan);
  return role === null || role === "prepared" || role === "gingiva";
}
