/**
 * Tooth numbers: FDI (ISO 3950) is what we store, Universal is what US labs read. Pure; converted at each vendor's edge.
 *
 * Both lists run along the arches as Universal counts them: upper right to upper left as the patient has them, then lower
 * left to lower right.
 */

// biome-ignore format: one line per quadrant
export const PERMANENT_TEETH = [
  18, 17, 16, 15, 14, 13, 12, 11,
  21, 22, 23, 24, 25, 26, 27, 28,
  38, 37, 36, 35, 34, 33, 32, 31,
  41, 42, 43, 44, 45, 46, 47, 48,
] as const;

// biome-ignore format: one line per quadrant
export const DECIDUOUS_TEETH = [
  55, 54, 53, 52, 51,
  61, 62, 63, 64, 65,
  75, 74, 73, 72, 71,
  81, 82, 83, 84, 85,
] as const;

const LETTERS = "ABCDEFGHIJKLMNOPQRST";

/** One of the 52 teeth, as FDI numbers it. */
export type Fdi = (typeof PERMANENT_TEETH)[number] | (typeof DECIDUOUS_TEETH)[number];
export type ToothNotation = "fdi" | "universal";
export type ToothJaw = "upper" | "lower";

const UNIVERSAL_BY_FDI: ReadonlyMap<number, string> = new Map([
  ...PERMANENT_TEETH.map((fdi, i) => [fdi, String(i + 1)] as const),
  ...DECIDUOUS_TEETH.map((fdi, i) => [fdi, LETTERS.charAt(i)] as const),
]);
const FDI_BY_UNIVERSAL: ReadonlyMap<string, Fdi> = new Map(
  [...PERMANENT_TEETH, ...DECIDUOUS_TEETH].map((fdi) => [universalOf(fdi), fdi]),
);

/** The four rows a range may run along. */
const ARCHES: readonly (readonly Fdi[])[] = [
  PERMANENT_TEETH.slice(0, 16),
  PERMANENT_TEETH.slice(16),
  DECIDUOUS_TEETH.slice(0, 10),
  DECIDUOUS_TEETH.slice(10),
];

export function isFdi(number: number): number is Fdi {
  return UNIVERSAL_BY_FDI.has(number);
}

/** "1" to "32" for permanent, "A" to "T" for deciduous teeth. */
export function universalOf(fdi: Fdi): string {
  return UNIVERSAL_BY_FDI.get(fdi)!;
}

/** A tooth as orders carry it; `universal` is null for a number that is no tooth, which is then shown as it came. */
export function toothOf(number: number): { fdi: number; universal: string | null } {
  return { fdi: number, universal: UNIVERSAL_BY_FDI.get(number) ?? null };
}

/**
 * Reads one tooth number: "45", 45, "#45", "4.5" (a dot between quadrant and tooth is common in Europe) in FDI; "3", "#3",
 * "03", "a" in Universal. Null for anything that is not one of the 52 teeth.
 */
export function parseTooth(text: string | number, notation: ToothNotation): Fdi | null {
  const plain = String(text).trim().replace(/^#\s*/, "");
  if (notation === "universal") return FDI_BY_UNIVERSAL.get(plain.toUpperCase().replace(/^0(?=\d)/, "")) ?? null;
  const match = /^([1-8])\.?([1-8])$/.exec(plain);
  const number = match ? Number(match[1]) * 10 + Number(match[2]) : 0;
  return isFdi(number) ? number : null;
}

export function printTooth(fdi: Fdi, notation: ToothNotation): string {
  return notation === "fdi" ? String(fdi) : universalOf(fdi);
}

export function jawOf(fdi: Fdi): ToothJaw {
  const quadrant = Math.floor(fdi / 10);
  return quadrant === 1 || quadrant === 2 || quadrant === 5 || quadrant === 6 ? "upper" : "lower";
}

export function isDeciduous(fdi: Fdi): boolean {
  return fdi > 50;
}

/** Place along the arches, for sorting and drawing: Universal's own order, deciduous teeth after the permanent ones. */
export function archPosition(fdi: Fdi): number {
  const permanent = (PERMANENT_TEETH as readonly number[]).indexOf(fdi);
  return permanent >= 0 ? permanent : PERMANENT_TEETH.length + (DECIDUOUS_TEETH as readonly number[]).indexOf(fdi);
}

/**
 * Reads a list with ranges that run along one arch: "13-23, 36" is 13 12 11 21 22 23 36. Null when any part is no tooth
 * or a range leaves its arch: a wrong list is never half read.
 */
export function parseTeeth(text: string, notation: ToothNotation): Fdi[] | null {
  const teeth: Fdi[] = [];
  for (const part of text.split(/[,;\s]+(?![-–])/).filter(Boolean)) {
    const [from, to = from] = part.split(/[-–]/).map((end) => parseTooth(end, notation));
    const range = from && to ? teethBetween(from, to) : null;
    if (!range) return null;
    teeth.push(...range);
  }
  return teeth;
}

/** The teeth from one to another along their arch, both included; null when they stand in different arches. */
export function teethBetween(from: Fdi, to: Fdi): Fdi[] | null {
  const arch = ARCHES.find((row) => row.includes(from));
  const a = arch?.indexOf(from) ?? -1;
  const b = arch?.indexOf(to) ?? -1;
  if (!arch || a < 0 || b < 0) return null;
  return a <= b ? arch.slice(a, b + 1) : arch.slice(b, a + 1).reverse();
}

/** Prints teeth in arch order, three or more neighbours as a range: "13–11, 36". */
export function printTeeth(teeth: readonly Fdi[], notation: ToothNotation): string {
  const sorted = [...new Set(teeth)].sort((a, b) => archPosition(a) - archPosition(b));
  const runs: Fdi[][] = [];
  for (const tooth of sorted) {
    const run = runs.at(-1);
    if (run && teethBetween(run.at(-1)!, tooth)?.length === 2) run.push(tooth);
    else runs.push([tooth]);
  }
  return runs
    .flatMap((run) =>
      run.length > 2
        ? [`${printTooth(run[0]!, notation)}–${printTooth(run.at(-1)!, notation)}`]
        : run.map((tooth) => printTooth(tooth, notation)),
    )
    .join(", ");
}
