import { type Fdi, isFdi, jawOf, teethBetween } from "#lib/teeth/tooth.ts";

/** What does not fit about a bridge as the vendor lists it. Teeth are FDI; `unknown` are numbers that are no tooth. */
export type BridgeFindings = { unknown: number[]; notOrdered: Fdi[]; acrossJaws: boolean; gap: Fdi[] };

/**
 * Checks one span against the ordered teeth: numbers that are no tooth, teeth nobody ordered, both jaws in one span, teeth
 * that lie between its ends but are not part of it.
 */
export function findInBridge(span: readonly number[], ordered: ReadonlySet<number>): BridgeFindings {
  const teeth = span.filter(isFdi);
  const first = teeth[0];
  const acrossJaws = first !== undefined && teeth.some((tooth) => jawOf(tooth) !== jawOf(first));
  return {
    unknown: span.filter((number) => !isFdi(number)),
    notOrdered: teeth.filter((tooth) => !ordered.has(tooth)),
    acrossJaws,
    gap: acrossJaws ? [] : gapIn(teeth),
  };
}

function gapIn(teeth: readonly Fdi[]): Fdi[] {
  const members = new Set(teeth);
  const widest = teeth
    .flatMap((from) => teeth.map((to) => teethBetween(from, to) ?? []))
    .reduce((longest, range) => (range.length > longest.length ? range : longest), []);
  return widest.filter((tooth) => !members.has(tooth));
}
