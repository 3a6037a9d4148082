import type { Restoration } from "#lib/orders/order-schema.ts";
import { restorationKind } from "#lib/orders/restoration-kind.ts";

/** Vendors' words and codes are open lists: what a restoration asks for is read from both. */
const textOf = (...parts: (string | null)[]) => parts.filter(Boolean).join(" ").replaceAll("_", " ").toLowerCase();
const typeOf = ({ type, typeCode }: Restoration) => textOf(typeCode, type);
const methodOf = ({ method, methodCode }: Restoration) => textOf(methodCode, method);
const materialOf = ({ material, materialCode }: Restoration) => textOf(materialCode, material);

/** What goes into the mouth only for a while, or never: it needs no shade and stands beside the final work on the same tooth. */
const PROVISIONAL =
  /temporary|provisor|wax|model|guide|tray|mock|try.?in|set.?up|replica|splint|guard|positioner|aligner|appliance/;
/** Parts that something else is put on. */
const SUBSTRUCTURE = /abutment|post.?(?:and|&)?.?core|stift|coping|primary|offset|framework|bar\b|käppchen/;
/** A crown that comes with its substructure: "Custom Abutment + Implant Crown". */
const WITH_CROWN = /\+.*crown|abutment.*crown|core.*crown/;

/** A crown, pontic, veneer, inlay or implant crown that stays. */
export function isFixedWork(restoration: Restoration): boolean {
  const kind = restorationKind(restoration);
  return ["crown", "pontic", "veneer", "inlay", "implant"].includes(kind) && !PROVISIONAL.test(typeOf(restoration));
}

export function isPontic(restoration: Restoration): boolean {
  return restorationKind(restoration) === "pontic";
}

export function isSubstructure(restoration: Restoration): boolean {
  const type = typeOf(restoration);
  return SUBSTRUCTURE.test(type) && !WITH_CROWN.test(type);
}

export function isProvisional(restoration: Restoration): boolean {
  return PROVISIONAL.test(`${typeOf(restoration)} ${methodOf(restoration)}`);
}

export type MaterialFamily = "metal" | "zirconia" | "glass_ceramic" | "polymer";

const FAMILIES: readonly (readonly [RegExp, MaterialFamily])[] = [
  [/zircon|zirkon/, "zirconia"],
  [
    /e\.?\s?max|lisi|glass.?ceramic|press.?ceramic|porcelain|hybrid.?ceramic|lithium|disili|feldspat|keramik/,
    "glass_ceramic",
  ],
  [/pmma|resin|composite|poly|3d.?print|peek|kunststoff|komposit/, "polymer"],
  [/cr.?co|co.?cr|ni.?cr|gold|metal|titan|steel|nem\b|edelmetall/, "metal"],
];

/** What the visible part is made of: the last of "Titanium + Zirconia". Null for words we do not know. */
export function materialFamily(restoration: Restoration): MaterialFamily | null {
  const visible =
    textOf(restoration.material ?? restoration.materialCode)
      .split("+")
      .at(-1) ?? "";
  return FAMILIES.find(([words]) => words.test(visible))?.[1] ?? null;
}

/** True when a technician cannot begin without a shade: tooth-coloured work that stays. */
export function needsShade(restoration: Restoration): boolean {
  if (!isFixedWork(restoration) || isProvisional(restoration) || isSubstructure(restoration)) return false;
  if (restorationKind(restoration) === "veneer") return true;
  if (/framework|offset|wax/.test(methodOf(restoration))) return false;
  const family = materialFamily(restoration);
  if (family === "metal") return /layered|pfm|pfg|verblend/.test(methodOf(restoration));
  return family !== null;
}

/** True for work that is fitted against the other jaw. */
export function needsAntagonist(restoration: Restoration): boolean {
  if (/bite splint|night guard|schiene|aufbiss/.test(typeOf(restoration))) return true;
  return isFixedWork(restoration) && !isSubstructure(restoration) && !/wax|model/.test(methodOf(restoration));
}

/** Nobody chose a material, and the portal says so. */
export function materialNotSelected(restoration: Restoration): boolean {
  return /\b(not selected|undefined)\b/.test(materialOf(restoration));
}

/** A method that this material cannot be made by. */
export function methodContradictsMaterial(restoration: Restoration): boolean {
  const method = methodOf(restoration);
  const material = materialOf(restoration);
  const family = materialFamily(restoration);
  if (material === "" || family === null) return false;
  if (/\bpfm\b/.test(method)) return !/metal|cr.?co|co.?cr|ni.?cr|gold|titan|steel/.test(material);
  if (/\bpfg\b/.test(method)) return !/gold|metal/.test(material);
  if (/\bpfz\b/.test(method)) return !/zircon/.test(material);
  if (/e\.?\s?max|\blisi\b/.test(method)) return family !== "glass_ceramic";
  if (/light curing|self curing/.test(method)) return family !== "polymer";
  return isFixedWork(restoration) && /full denture|replica denture|wax.?rim|study model|set-?up model/.test(method);
}
