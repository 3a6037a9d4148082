import { describe, expect, it } from "vitest";
import { everydayPrescription } from "#e2e/sandbox/prescriptions.ts";
import { Random } from "#e2e/sandbox/random.ts";
import type { Restoration } from "#lib/orders/order-schema.ts";
import { toothOf } from "#lib/teeth/tooth.ts";
import { checkPrescription } from "./check-prescription.ts";
import type { CheckedOrder } from "./contradiction.ts";
import { CONTRADICTION_IDS, type ContradictionId } from "./contradiction-ids.ts";

/** "Crown/Anatomic/Zirconia" on a tooth, as MeditLink would name it. */
function one(tooth: number | null, what = "Crown/Anatomic/Zirconia", shade: string | null = "A2"): Restoration {
  const [type = "", method = "", material = ""] = what.split("/");
  return {
    tooth: tooth === null ? null : toothOf(tooth as Parameters<typeof toothOf>[0]),
    toothText: null,
    jaw: null,
    dieNumber: null,
    type,
    typeCode: type.toUpperCase(),
    method: method || null,
    methodCode: method.toUpperCase() || null,
    material: material || null,
    materialCode: material.toUpperCase() || null,
    shade,
  };
}

const ALL_SCANS = [{ jaw: "upper" }, { jaw: "lower" }, { jaw: "bite" }];

function order(restorations: Restoration[], more: Partial<CheckedOrder> = {}): CheckedOrder {
  return {
    form: "teeth",
    restorations,
    bridges: [],
    note: null,
    scans: ALL_SCANS,
    completeness: "complete",
    infoRequest: "none",
    dueOn: "2026-12-01",
    receivedAt: "2026-11-20T09:00:00.000Z",
    ...more,
  };
}

const bridge = (...teeth: number[]) =>
  teeth.map((tooth, i) => one(tooth, i > 0 && i < teeth.length - 1 ? "Pontic/Anatomic/Zirconia" : undefined));

const CONTRADICTORY: readonly [ContradictionId, string, CheckedOrder, number[]][] = [
  [
    "bridge.not_ordered",
    "its bridge names teeth nobody ordered",
    order([one(45), one(46)], { bridges: [[45, 46, 47]] }),
    [47],
  ],
  ["bridge.gap", "its bridge leaps over a tooth", order([one(45), one(47)], { bridges: [[45, 47]] }), [46]],
  [
    "bridge.across_jaws",
    "its bridge runs across both jaws",
    order([one(17), one(47)], { bridges: [[17, 47]] }),
    [17, 47],
  ],
  [
    "bridge.unknown_tooth",
    "its bridge names a number that is no tooth",
    order(bridge(45, 46, 47), { bridges: [[45, 46, 47, 99]] }),
    [99],
  ],
  ["bridge.single_tooth", "a bridge of one tooth", order([one(45)], { bridges: [[45]] }), [45]],
  [
    "bridge.tooth_twice",
    "two bridges share a tooth",
    order([...bridge(44, 45, 46), one(47, "Pontic/Anatomic/Zirconia"), one(48)], {
      bridges: [
        [44, 45, 46],
        [46, 47, 48],
      ],
    }),
    [46],
  ],
  [
    "bridge.materials_differ",
    "one bridge of two materials",
    order([one(45), one(46, "Pontic/Anatomic/Zirconia"), one(47, "Crown/Anatomic/e.max")], { bridges: [[45, 46, 47]] }),
    [45, 46, 47],
  ],
  ["pontic.without_abutment", "a pontic that nothing carries", order([one(46, "Pontic/Anatomic/Zirconia")]), [46]],
  ["shade.missing", "a zirconia crown without a shade", order([one(16, undefined, null)]), [16]],
  ["shade.outside_guide", "a shade in no guide", order([one(16, undefined, "A7")]), [16]],
  ["material.not_selected", "nobody chose the material", order([one(16, "Crown/Anatomic/Not Selected")]), [16]],
  [
    "material.method",
    "porcelain fused to metal, of zirconia",
    order([one(16, "Crown/Cementation Type-PFM/Zirconia")]),
    [16],
  ],
  ["material.veneer", "a veneer of metal", order([one(11, "Veneer/Laminate/Cr-Co")]), [11]],
  [
    "tooth.duplicate",
    "a crown and a pontic on one tooth",
    order([one(45), one(46), one(46, "Pontic/Anatomic/Zirconia"), one(47)]),
    [46],
  ],
  ["tooth.unknown", "a tooth that nobody has", order([{ ...one(null), toothText: "99" }]), []],
  ["tooth.none", "a crown on no tooth", order([one(null)]), []],
  ["tooth.other_jaw", "an upper tooth in the lower jaw", order([{ ...one(24), jaw: "lower" }]), [24]],
  [
    "note.other_tooth",
    "the note orders another tooth",
    order([one(45)], { note: "Please make the crown on tooth 46, light contacts." }),
    [46],
  ],
  ["note.other_shade", "the note orders another shade", order([one(16)], { note: "Shade A3 please." }), []],
  [
    "note.ambiguous_number",
    "14 is the ordered 26 in Universal and another tooth in FDI",
    order([one(26)], { note: "Crown on 14 please" }),
    [14, 26],
  ],
  ["scan.none", "no scan came", order([one(16)], { scans: [] }), []],
  [
    "scan.prepared_jaw_missing",
    "only the other jaw was scanned",
    order([one(46)], { scans: [{ jaw: "upper" }] }),
    [46],
  ],
  [
    "scan.antagonist_missing",
    "the opposing jaw was not scanned",
    order([one(46)], { scans: [{ jaw: "lower" }, { jaw: "bite" }] }),
    [],
  ],
  [
    "scan.bite_missing",
    "the bite was not scanned",
    order([one(46)], { scans: [{ jaw: "upper" }, { jaw: "lower" }] }),
    [],
  ],
  ["case.in_form", "nothing but the form was saved", order([one(46)], { completeness: "incomplete", scans: [] }), []],
  ["due.before_received", "due before it came", order([one(46)], { dueOn: "2026-11-10" }), []],
];

const SOUND: readonly [string, CheckedOrder][] = [
  ["a single crown", order([one(16)])],
  ["a bridge, listed in any order", order(bridge(45, 46, 47), { bridges: [[47, 45, 46]] })],
  ["a bridge over the midline", order(bridge(12, 11, 21, 22), { bridges: [[12, 11, 21, 22]] })],
  ["a bridge that the portal does not list as one", order(bridge(35, 36, 37))],
  ["a cantilever", order([one(24), one(25, "Pontic/Anatomic/Zirconia")], { bridges: [[24, 25]] })],
  ["a gold inlay without a shade", order([one(36, "Inlay/Anatomic/Gold", null)])],
  [
    "an abutment of titanium with its crown on the same tooth",
    order([one(36, "Custom Abutment/Screw Type/Titanium", null), one(36, "Implant Crown/Layered/Zirconia")]),
  ],
  [
    "a bridge of zirconia on implants with abutments of titanium",
    order(
      [
        one(34, "Custom Abutment/Screw Type/Titanium", null),
        one(34, "Implant Crown/Layered/Zirconia"),
        one(35, "Pontic/Anatomic/Zirconia"),
        one(36, "Custom Abutment/Screw Type/Titanium", null),
        one(36, "Implant Crown/Layered/Zirconia"),
      ],
      { bridges: [[34, 35, 36]], note: "Implantatbrücke 34 bis 36, verschraubt, 35 Ncm" },
    ),
  ],
  ["a temporary beside the final crown", order([one(14), one(14, "Crown/Temporary/PMMA", null)])],
  [
    "a surgical guide with one jaw only",
    order([one(36, "Surgical Guide/Preform/3D Print", null)], { scans: [{ jaw: "lower" }] }),
  ],
  [
    "a study model of both jaws without a bite",
    order([{ ...one(null, "Study Model/Set-Up Model/3D Print", null), jaw: "upper" }], {
      form: "arch",
      scans: [{ jaw: "upper" }],
    }),
  ],
  ["a bite splint", order([{ ...one(null, "Bite Splint/Preform/Resin", null), jaw: "upper" }], { form: "arch" })],
  [
    "3D-Master, bleach and mixed shades",
    order([
      one(11, "Veneer/Laminate/e.max", "2M2"),
      one(21, "Veneer/Laminate/e.max", "BL2"),
      one(12, "Veneer/Laminate/e.max", "A3,5 / A2"),
      one(22, "Veneer/Laminate/e.max", "OM1"),
    ]),
  ],
  [
    "a note about the neighbour, the antagonist and a missing tooth",
    order([one(45)], {
      note: "Match the neighbour 44. Contact to 46 light, antagonist 15 is a gold crown. Tooth 47 is missing. Zahn 34 fehlt.",
    }),
  ],
  [
    "a note that repeats the order, in words and numbers",
    order(bridge(45, 46, 47), {
      bridges: [[45, 46, 47]],
      note: "Bridge 45-47, shade A2, stump shade ND3. Try-in on 14.12. at 9:30, 3 units, 0.5 mm gap.",
    }),
  ],
  ["a note in Universal that says so", order([one(46)], { note: "Crown on tooth #30 (Universal), A2" })],
  ["a note in numbers that only Universal has", order([one(36)], { note: "Crown #19, please call." })],
  ["shade named in the note only", order([one(16, undefined, null)], { note: "Farbe A3, Hals A4" })],
  [
    "a detail shade beside the ordered one",
    order([one(11)], { note: "A2, incisal A1, see photo, DIN A4 sheet attached" }),
  ],
  ["scans of no known jaw", order([one(46)], { scans: [{ jaw: "other" }, { jaw: "other" }] })],
  ["an order of which only the list entry is here", order([one(46)], { scans: null, completeness: "unknown" })],
  ["due on the day it came", order([one(46)], { dueOn: "2026-11-20" })],
  [
    "e.max pressed, a metal crown, milk teeth",
    order([
      one(15, "Crown/Pressed/e.max"),
      one(26, "Crown/Anatomic/Cr-Co", null),
      one(75, "Crown/Preform/Stainless Steel", null),
    ]),
  ],
];

const idsOf = (checked: CheckedOrder) => checkPrescription(checked).map(({ id }) => id);

describe("the prescription check", () => {
  it.each(CONTRADICTORY)("names %s: %s", (id, _why, contradictory, teeth) => {
    expect(idsOf(contradictory)).toEqual([id]);
    expect(checkPrescription(contradictory)[0]!.teeth).toEqual(teeth);
  });

  it("has an order for every contradiction it knows", () => {
    expect(CONTRADICTORY.map(([id]) => id).sort()).toEqual([...CONTRADICTION_IDS].sort());
  });

  it.each(SOUND)("is silent on %s", (_what, sound) => {
    expect(idsOf(sound)).toEqual([]);
  });

  it("is silent on thousands of everyday orders, but for a shade that is missing", () => {
    const said = new Map<string, number>();
    for (let seed = 0; seed < 3_000; seed++) {
      const { items, bridges, label } = everydayPrescription(new Random(`order ${seed}`));
      const restorations = items.map(
        ({ toothNo, shade, categoryDisplayName, methodDisplayName, materialDisplayName }) =>
          one(
            Number(toothNo),
            `${categoryDisplayName}/${methodDisplayName}/${materialDisplayName}`,
            shade === "NONE_SHADE" ? null : shade,
          ),
      );
      for (const id of idsOf(order(restorations, { bridges, note: label }))) said.set(id, (said.get(id) ?? 0) + 1);
    }
    expect([...said.keys()].filter((id) => id !== "shade.missing")).toEqual([]);
  });
});

describe("a note", () => {
  const said = (note: string, ...restorations: Restoration[]) => idsOf(order(restorations, { note }));

  it.each([
    ["Krone auf 36 bitte", 46],
    ["Zahn 36: Vollkrone", 46],
    ["#47", 46],
    ["Bridge 44-46", 14],
    ["36 zirconia crown, A2", 35],
    ["Implantatkrone regio 24", 25],
    ["crown for tooth 11 and 12", 21],
    ["Krone nicht auf 36, sondern auf 37.", 36],
    ["Please note: not 36 but 37!", 36],
    ["Wir brauchen 26 als Vollkrone", 25],
    ["Zirkonkrone 45, vollanatomisch", 46],
    ["Inlay od 24", 25],
    ["Crown UR6 please", 26],
    ["SS crown tooth I (universal)", 54],
    ["SSC #L", 75],
  ])("that orders something else is noticed: %s", (note, tooth) => {
    expect(said(note, one(tooth))).toEqual(["note.other_tooth"]);
  });

  it.each([
    "Call 45 minutes before delivery",
    "Crown in 14 days, please",
    "Implant 4.1 mm, 12 Ncm",
    "Contact point like 36",
    "Wie 36 gestalten",
    "Deliver by tooth fairy on 24.12.",
    "Not tooth 47, that one is next year",
    "Patient born 1947, 2 crowns last year",
    "Shade from photo, colour of 21",
    "a 2 mm shoulder",
    "Not 10 but 12 days please. Nicht 11 sondern 12 Uhr.",
    "Implantat in regio 26 folgt später.",
    "Contact to LR5 tight",
    "Neighbour 45 is A3 at the neck, A2 body",
    "Die alte Krone war A3.",
    "existing crown on 45 has shade B1",
  ])("of other things is none: %s", (note) => {
    expect(said(note, one(46))).toEqual([]);
  });

  it("with a number of its own notation decides how the others are read", () => {
    expect(said("Crowns 46 and 14", one(46), one(26))).toEqual(["note.other_tooth"]);
    expect(said("Crowns #19 and #14", one(36), one(26))).toEqual([]);
  });
});
