import type { Restoration } from "#lib/orders/order-schema.ts";
import { restorationKind } from "#lib/orders/restoration-kind.ts";
import { type Fdi, isFdi, jawOf } from "#lib/teeth/tooth.ts";
import type { CheckedOrder, Contradiction } from "./contradiction.ts";
import { outsideGuide, shadesInNote } from "./shade-guide.ts";
import {
  isFixedWork,
  isProvisional,
  isSubstructure,
  materialFamily,
  materialNotSelected,
  methodContradictsMaterial,
  needsShade,
} from "./what-is-ordered.ts";

/** Shades that are missing where they are needed, or in no guide. A shade that only the note names is no missing one. */
export function checkShades({ restorations, note }: CheckedOrder): Contradiction[] {
  const found: Contradiction[] = [];
  const without = restorations.filter((one) => needsShade(one) && !one.shade?.trim());
  if (without.length > 0 && shadesInNote(note ?? "").length === 0)
    found.push({ id: "shade.missing", field: "shade", teeth: teethOf(without), facts: {} });
  for (const [shade, those] of groupBy(restorations, ({ shade }) => shade?.trim() ?? "")) {
    const strangers = outsideGuide(shade);
    if (strangers.length > 0)
      found.push({
        id: "shade.outside_guide",
        field: "shade",
        teeth: teethOf(those),
        facts: { shade: strangers.join(", ") },
      });
  }
  return found;
}

/** Materials that nobody chose, or that cannot be worked as asked. */
export function checkMaterials({ restorations }: CheckedOrder): Contradiction[] {
  const found: Contradiction[] = [];
  const none = restorations.filter((one) => isFixedWork(one) && materialNotSelected(one));
  if (none.length > 0) found.push({ id: "material.not_selected", field: "material", teeth: teethOf(none), facts: {} });
  const impossible = restorations.filter(methodContradictsMaterial);
  for (const [, those] of groupBy(impossible, ({ method, material }) => `${method} ${material}`)) {
    const { method, methodCode, material, materialCode } = those[0]!;
    const facts = { method: method ?? methodCode ?? "", material: material ?? materialCode ?? "" };
    found.push({ id: "material.method", field: "material", teeth: teethOf(those), facts });
  }
  const veneers = restorations.filter((one) => restorationKind(one) === "veneer" && materialFamily(one) === "metal");
  for (const [, those] of groupBy(veneers, ({ material }) => material ?? ""))
    found.push({
      id: "material.veneer",
      field: "material",
      teeth: teethOf(those),
      facts: { material: those[0]!.material ?? those[0]!.materialCode ?? "" },
    });
  return found;
}

/** Places that are no tooth, or not the one that the rest of the line says. */
export function checkPlaces({ restorations, form }: CheckedOrder): Contradiction[] {
  const found: Contradiction[] = [];
  const texts = restorations.flatMap(({ toothText }) => toothText?.trim() || []);
  if (texts.length > 0)
    found.push({
      id: "tooth.unknown",
      field: "restorations",
      teeth: [],
      facts: { places: [...new Set(texts)].join(", ") },
    });
  const nowhere = restorations.filter(
    (one) => form === "teeth" && !one.tooth && !one.toothText && !one.jaw && !one.dieNumber && isFixedWork(one),
  );
  if (nowhere.length > 0)
    found.push({ id: "tooth.none", field: "restorations", teeth: [], facts: { what: namesOf(nowhere) } });
  const otherJaw = restorations.filter(
    ({ tooth, jaw }) => tooth && jaw && isFdi(tooth.fdi) && jawOf(tooth.fdi) !== jaw,
  );
  if (otherJaw.length > 0)
    found.push({ id: "tooth.other_jaw", field: "restorations", teeth: teethOf(otherJaw), facts: {} });
  return found;
}

/** Two final works on one tooth that cannot both be meant. What stands on a post or an abutment, or is worn until then, can. */
export function checkDuplicates({ restorations }: CheckedOrder): Contradiction[] {
  const finals = restorations.filter((one) => isFixedWork(one) && !isProvisional(one) && !isSubstructure(one));
  return [...groupBy(finals, ({ tooth }) => String(tooth?.fdi ?? ""))]
    .filter(([tooth, those]) => tooth !== "" && those.length > 1)
    .map(([, those]) => ({
      id: "tooth.duplicate" as const,
      field: "restorations" as const,
      teeth: teethOf(those),
      facts: { what: namesOf(those) },
    }));
}

export function teethOf(restorations: readonly Restoration[]): Fdi[] {
  return [...new Set(restorations.flatMap(({ tooth }) => tooth?.fdi ?? []).filter(isFdi))];
}

function namesOf(restorations: readonly Restoration[]): string {
  return [...new Set(restorations.map(({ type, typeCode }) => type ?? typeCode ?? ""))].filter(Boolean).join(", ");
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
