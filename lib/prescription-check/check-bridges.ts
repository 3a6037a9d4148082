import type { Restoration } from "#lib/orders/order-schema.ts";
import { type Fdi, isFdi, jawOf, teethBetween } from "#lib/teeth/tooth.ts";
import type { CheckedOrder, Contradiction } from "./contradiction.ts";
import { findInBridge } from "./find-in-bridge.ts";
import { isPontic, isProvisional, isSubstructure, materialFamily } from "./what-is-ordered.ts";

const at = (id: Contradiction["id"], teeth: number[], facts: Record<string, string> = {}): Contradiction => ({
  id,
  field: "bridges",
  teeth,
  facts,
});

/** What does not fit about the bridges as the portal lists them. */
export function checkBridges({ bridges, restorations }: CheckedOrder): Contradiction[] {
  const ordered = new Set(restorations.flatMap(({ tooth }) => tooth?.fdi ?? []));
  const found = bridges.flatMap((span) => checkSpan(span, ordered, restorations));
  const all = bridges.flatMap((span) => [...new Set(span)]).filter(isFdi);
  const shared = all.filter((tooth, i) => all.indexOf(tooth) !== i);
  return shared.length > 0 ? [...found, at("bridge.tooth_twice", [...new Set(shared)])] : found;
}

function checkSpan(
  span: readonly number[],
  ordered: ReadonlySet<number>,
  restorations: readonly Restoration[],
): Contradiction[] {
  const { unknown, notOrdered, acrossJaws, gap } = findInBridge(span, ordered);
  const teeth = [...new Set(span.filter(isFdi))];
  const found: Contradiction[] = [];
  if (unknown.length > 0) found.push(at("bridge.unknown_tooth", [...new Set(unknown)]));
  if (notOrdered.length > 0) found.push(at("bridge.not_ordered", [...new Set(notOrdered)]));
  if (acrossJaws) found.push(at("bridge.across_jaws", teeth));
  if (gap.length > 0) found.push(at("bridge.gap", gap));
  if (teeth.length === 1 && unknown.length === 0) found.push(at("bridge.single_tooth", teeth));
  if (teeth.length < span.filter(isFdi).length) found.push(at("bridge.tooth_twice", repeated(span)));
  // What an abutment is made of is not what the bridge on it is made of.
  const members = restorations.filter(
    (one) => one.tooth && span.includes(one.tooth.fdi) && !isSubstructure(one) && !isProvisional(one),
  );
  const families = new Set(members.map(materialFamily).filter((family) => family !== null));
  if (families.size > 1)
    found.push({ ...at("bridge.materials_differ", teeth, { materials: materialsOf(members) }), field: "material" });
  return found;
}

function repeated(span: readonly number[]): number[] {
  return [...new Set(span.filter((tooth, i) => span.indexOf(tooth) !== i))];
}

function materialsOf(members: readonly Restoration[]): string {
  return [...new Set(members.map(({ material, materialCode }) => material ?? materialCode ?? ""))]
    .filter(Boolean)
    .join(", ");
}

/** Pontics that nothing carries: neither a tooth of their bridge nor, where no bridge is listed, a neighbour's crown. */
export function checkPontics({ bridges, restorations }: CheckedOrder): Contradiction[] {
  const pontics = restorations.filter((one) => isPontic(one) && !isProvisional(one));
  const carried = new Set(
    restorations
      .filter((one) => !isPontic(one))
      .flatMap(({ tooth }) => tooth?.fdi ?? [])
      .filter(isFdi),
  );
  const hanging = teethOf(pontics).filter((pontic) => {
    const span = bridges.find((teeth) => teeth.includes(pontic));
    if (span) return !span.some((tooth) => isFdi(tooth) && !teethOf(pontics).includes(tooth));
    return !hasCarrier(pontic, teethOf(pontics), carried);
  });
  const denture = restorations.some((one) => /denture|prothese/i.test(`${one.typeCode} ${one.type}`));
  if (hanging.length === 0 || denture) return [];
  return [{ id: "pontic.without_abutment", field: "restorations", teeth: hanging, facts: {} }];
}

function teethOf(restorations: readonly Restoration[]): Fdi[] {
  return [...new Set(restorations.flatMap(({ tooth }) => tooth?.fdi ?? []).filter(isFdi))];
}

/** Along the arch, past further pontics, stands something that is ordered and is no pontic. */
function hasCarrier(pontic: Fdi, pontics: readonly Fdi[], carried: ReadonlySet<Fdi>): boolean {
  return [...carried].some((tooth) => {
    if (jawOf(tooth) !== jawOf(pontic)) return false;
    const between = teethBetween(pontic, tooth);
    return between?.slice(1, -1).every((one) => pontics.includes(one)) ?? false;
  });
}
