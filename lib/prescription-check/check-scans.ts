import { isFdi, jawOf, type ToothJaw } from "#lib/teeth/tooth.ts";
import type { CheckedOrder, Contradiction } from "./contradiction.ts";
import { needsAntagonist } from "./what-is-ordered.ts";

const about = (id: Contradiction["id"], teeth: number[] = [], facts: Record<string, string> = {}): Contradiction => ({
  id,
  field: id.startsWith("scan") ? "scans" : "case",
  teeth,
  facts,
});

/**
 * Whether the scans are there that the work needs. A scan of no known jaw may be any of them, so that nothing is called missing
 * beside one; a case that was not scanned yet is said to be so, once.
 */
export function checkScans(order: CheckedOrder): Contradiction[] {
  const { restorations, scans, completeness, infoRequest } = order;
  if (restorations.length === 0) return [];
  if (completeness === "incomplete" && infoRequest === "none") return [inForm(scans)];
  if (scans === null) return [];
  if (scans.length === 0) return infoRequest === "none" ? [about("scan.none")] : [];
  const jaws = new Set(scans.map(({ jaw }) => jaw));
  if (jaws.has(null) || jaws.has("other")) return [];
  const worked = jawsOf(order);
  const missing = worked.filter((jaw) => !jaws.has(jaw));
  if (missing.length > 0) return missing.map((jaw) => about("scan.prepared_jaw_missing", teethIn(order, jaw), { jaw }));
  if (!restorations.some(needsAntagonist)) return [];
  const opposing = worked.map((jaw): ToothJaw => (jaw === "upper" ? "lower" : "upper")).filter((jaw) => !jaws.has(jaw));
  if (opposing.length > 0) return opposing.map((jaw) => about("scan.antagonist_missing", [], { jaw }));
  return worked.length > 0 && !jaws.has("bite") ? [about("scan.bite_missing")] : [];
}

/** A case that its portal calls incomplete, whatever has come of it. */
function inForm(scans: CheckedOrder["scans"]): Contradiction {
  return about("case.in_form", [], { scanned: scans && scans.length > 0 ? "yes" : "no" });
}

/** The jaws that something is made for. */
function jawsOf({ restorations }: CheckedOrder): ToothJaw[] {
  const jaws = restorations.map(({ tooth, jaw }) => (tooth && isFdi(tooth.fdi) ? jawOf(tooth.fdi) : jaw));
  return (["upper", "lower"] as const).filter((jaw) => jaws.includes(jaw));
}

function teethIn({ restorations }: CheckedOrder, jaw: ToothJaw): number[] {
  const teeth = restorations.flatMap(({ tooth }) => tooth?.fdi ?? []).filter(isFdi);
  return [...new Set(teeth.filter((tooth) => jawOf(tooth) === jaw))];
}
