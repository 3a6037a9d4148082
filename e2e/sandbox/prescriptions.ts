import type { Random } from "./random.ts";
import type { FormItem } from "./vendor-records.ts";

/** What a dentist ordered, and which teeth of the scan are ground down or gone because of it. */
export interface Prescription {
  items: FormItem[];
  bridges: number[][];
  prepared: number[];
  missing: number[];
  /** A word for the case name, as Medit users add one. */
  label: string;
}

type Product = Omit<FormItem, "shade" | "toothNo" | "jawType" | "multiDieNo">;

/** Codes known from the guide are CROWN, PONTIC, ANATOMIC, ZIRCONIA; the others are formed from its display names. */
export function product(category: string, method: string, material: string): Product {
  return {
    category: codeOf(category),
    categoryDisplayName: category,
    method: codeOf(method),
    methodDisplayName: method,
    material: codeOf(material),
    materialDisplayName: material,
  };
}

function codeOf(displayName: string): string {
  return displayName
    .toUpperCase()
    .replace(/\s*\+\s*/g, "_")
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
}

export function item(
  what: Product,
  toothNo: number | string,
  shade = "NONE_SHADE",
  more: Partial<FormItem> = {},
): FormItem {
  return { ...what, shade, toothNo, jawType: "", multiDieNo: 0, ...more };
}

const SHADES = ["NONE_SHADE", "A1", "A2", "A3", "A3.5", "B1", "B2", "C2", "D2", "2M2", "BL2"];
const POSTERIOR = [14, 15, 16, 17, 24, 25, 26, 27, 34, 35, 36, 37, 44, 45, 46, 47];
const ANTERIOR = [11, 12, 13, 21, 22, 23, 31, 32, 33, 41, 42, 43];
const BRIDGE_SPANS = [
  [14, 15, 16],
  [15, 16, 17],
  [24, 25, 26],
  [35, 36, 37],
  [45, 46, 47],
  [44, 45, 46],
  [11, 21, 22],
  [12, 11, 21, 22],
  [13, 12, 11, 21, 22, 23],
  [34, 35, 36, 37],
];
const CROWN_MATERIALS = ["Zirconia", "Multi-Layered Zirconia", "e.max", "Cr-Co", "Metal", "Hybrid Ceramic", "LiSi"];

/** One of the everyday kinds of work, weighted roughly as a lab sees them. */
export function everydayPrescription(random: Random): Prescription {
  const draw = random.next();
  if (draw < 0.42) return singleCrown(random);
  if (draw < 0.62) return bridge(random);
  if (draw < 0.72) return inlay(random);
  if (draw < 0.82) return veneers(random);
  if (draw < 0.94) return implant(random);
  return severalCrowns(random);
}

function singleCrown(random: Random): Prescription {
  const tooth = random.pick(random.chance(0.8) ? POSTERIOR : ANTERIOR);
  const material = random.pick(CROWN_MATERIALS);
  const method = random.pick(["Anatomic", "Anatomic", "Layered", "Collarless", "Pressed"]);
  return work([item(product("Crown", method, material), tooth, random.pick(SHADES))], [], [tooth], [], `#${tooth}`);
}

function severalCrowns(random: Random): Prescription {
  const start = random.pick([
    [15, 16],
    [25, 26],
    [36, 37],
    [46, 47],
    [11, 21],
  ]);
  const shade = random.pick(SHADES);
  const what = product("Crown", "Anatomic", random.pick(CROWN_MATERIALS));
  return work(
    start.map((tooth) => item(what, tooth, shade)),
    [],
    start,
    [],
    "crowns",
  );
}

function bridge(random: Random): Prescription {
  const span = random.pick(BRIDGE_SPANS);
  const shade = random.pick(SHADES);
  const material = random.pick(["Zirconia", "Multi-Layered Zirconia", "Cr-Co", "PMMA"]);
  const isPontic = (index: number) => index > 0 && index < span.length - 1 && !(span.length === 6 && index % 5 === 0);
  const items = span.map((tooth, index) =>
    item(product(isPontic(index) ? "Pontic" : "Crown", "Anatomic", material), tooth, shade),
  );
  const missing = span.filter((_, index) => isPontic(index));
  return work(
    items,
    [span],
    span.filter((tooth) => !missing.includes(tooth)),
    missing,
    "bridge",
  );
}

function inlay(random: Random): Prescription {
  const tooth = random.pick(POSTERIOR);
  const what = product(
    random.pick(["Inlay", "Onlay"]),
    "Anatomic",
    random.pick(["e.max", "Gold", "Hybrid Ceramic", "Composite Resin"]),
  );
  return work([item(what, tooth, random.pick(SHADES))], [], [tooth], [], `#${tooth}`);
}

function veneers(random: Random): Prescription {
  const teeth = random.pick([
    [11, 21],
    [12, 11, 21, 22],
    [13, 12, 11, 21, 22, 23],
  ]);
  const what = product(
    "Veneer",
    random.pick(["Laminate", "Layered", "e.max"]),
    random.pick(["e.max", "Porcelain", "LiSi"]),
  );
  const shade = random.pick(["A1", "B1", "BL2", "A2"]);
  return work(
    teeth.map((tooth) => item(what, tooth, shade)),
    [],
    teeth,
    [],
    "veneers",
  );
}

function implant(random: Random): Prescription {
  const tooth = random.pick(POSTERIOR);
  const [category, method, material] = random.pick([
    ["Custom Abutment", "Screw Type", "Titanium"],
    ["Custom Abutment + Implant Crown", "Cementation Type", "Titanium + Zirconia"],
    ["Implant Crown", "SCRP-Layered", "Zirconia"],
    ["Surgical Guide", "Preform", "3D Print"],
  ] as const);
  return work(
    [item(product(category, method, material), tooth, random.pick(SHADES))],
    [],
    [tooth],
    [],
    `implant ${tooth}`,
  );
}

function work(
  items: FormItem[],
  bridges: number[][],
  prepared: number[],
  missing: number[],
  label: string,
): Prescription {
  return { items, bridges, prepared, missing, label };
}
