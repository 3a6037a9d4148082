/** What a clinic fills in, as the sandbox's control port takes it. */
type Form = {
  items: { tooth: number; what?: string; shade?: string; jaw?: string }[];
  bridges?: number[][];
  note?: string;
  scans?: ("upper" | "lower" | "bite")[];
  caseStatus?: string;
  dueInDays?: number;
};

/** An order that contradicts itself in one way. */
type Contradictory = {
  id: string;
  /** As a technician who reads English and FDI numbers is told. */
  sentence: string;
  /** Teeth that are marked on the chart. */
  teeth: number[];
  form: Form;
};

const NONE = "NONE_SHADE";
const PONTIC = "Pontic/Anatomic/Zirconia";
const crowns = (...teeth: number[]) => teeth.map((tooth) => ({ tooth }));
const bridge = (...teeth: number[]) =>
  teeth.map((tooth, at) => (at > 0 && at < teeth.length - 1 ? { tooth, what: PONTIC } : { tooth }));

/** One order for every contradiction the prescription check knows. */
export const CONTRADICTORY: readonly Contradictory[] = [
  {
    id: "bridge.not_ordered",
    sentence: "The bridge names tooth 47, which is not ordered.",
    teeth: [47],
    form: { items: crowns(45, 46), bridges: [[45, 46, 47]] },
  },
  {
    id: "bridge.gap",
    sentence: "The bridge leaps over tooth 46.",
    teeth: [46],
    form: { items: crowns(45, 47), bridges: [[45, 47]] },
  },
  {
    id: "bridge.across_jaws",
    sentence: "The bridge 17, 47 runs across both jaws.",
    teeth: [17, 47],
    form: { items: crowns(17, 47), bridges: [[17, 47]] },
  },
  {
    id: "bridge.unknown_tooth",
    sentence: "The bridge names 99, which is no tooth.",
    teeth: [],
    form: { items: bridge(45, 46, 47), bridges: [[45, 46, 47, 99]] },
  },
  {
    id: "bridge.single_tooth",
    sentence: "A bridge of a single tooth: 45.",
    teeth: [45],
    form: { items: crowns(45), bridges: [[45]] },
  },
  {
    id: "bridge.tooth_twice",
    sentence: "Tooth 46 is named twice among the bridges.",
    teeth: [46],
    form: {
      items: [...bridge(44, 45, 46), { tooth: 47, what: PONTIC }, { tooth: 48 }],
      bridges: [
        [44, 45, 46],
        [46, 47, 48],
      ],
    },
  },
  {
    id: "bridge.materials_differ",
    sentence: "The bridge 45–47 is of several materials: Zirconia, e.max.",
    teeth: [45, 46, 47],
    form: {
      items: [{ tooth: 45 }, { tooth: 46, what: PONTIC }, { tooth: 47, what: "Crown/Anatomic/e.max" }],
      bridges: [[45, 46, 47]],
    },
  },
  {
    id: "pontic.without_abutment",
    sentence: "The pontic 46 has no abutment.",
    teeth: [46],
    form: { items: [{ tooth: 46, what: PONTIC }] },
  },
  { id: "shade.missing", sentence: "No shade for 16.", teeth: [16], form: { items: [{ tooth: 16, shade: NONE }] } },
  {
    id: "shade.outside_guide",
    sentence: "Shade “A7” is in no guide (VITA classical, 3D-Master, bleach, Chromascop).",
    teeth: [16],
    form: { items: [{ tooth: 16, shade: "A7" }] },
  },
  {
    id: "material.not_selected",
    sentence: "No material was chosen for 16.",
    teeth: [16],
    form: { items: [{ tooth: 16, what: "Crown/Anatomic/Not Selected" }] },
  },
  {
    id: "material.method",
    sentence: "“Cementation Type-PFM” cannot be made of “Zirconia”: 16.",
    teeth: [16],
    form: { items: [{ tooth: 16, what: "Crown/Cementation Type-PFM/Zirconia" }] },
  },
  {
    id: "material.veneer",
    sentence: "A veneer of “Cr-Co”: 11.",
    teeth: [11],
    form: { items: [{ tooth: 11, what: "Veneer/Laminate/Cr-Co" }] },
  },
  {
    id: "tooth.duplicate",
    sentence: "Crown, Pontic on the same tooth 46.",
    teeth: [46],
    form: { items: [...crowns(45, 46), { tooth: 46, what: PONTIC }, { tooth: 47 }] },
  },
  { id: "tooth.unknown", sentence: "Not a tooth: 99.", teeth: [], form: { items: crowns(99) } },
  { id: "tooth.none", sentence: "Crown without a tooth.", teeth: [], form: { items: crowns(0) } },
  {
    id: "tooth.other_jaw",
    sentence: "Tooth 24 is entered for the other jaw.",
    teeth: [24],
    form: { items: [{ tooth: 24, jaw: "MANDIBLE" }] },
  },
  {
    id: "note.other_tooth",
    sentence: "The note speaks of tooth 46, which is not ordered.",
    teeth: [46],
    form: { items: crowns(45), note: "Please make the crown on tooth 46, light contacts." },
  },
  {
    id: "note.other_shade",
    sentence: "The note says shade A3, ordered is A2.",
    teeth: [],
    form: { items: crowns(16), note: "Shade A3 please." },
  },
  {
    id: "note.ambiguous_number",
    sentence: "“14” in the note is tooth 14 when read as FDI; only read as Universal it is tooth 26, which is ordered.",
    teeth: [14, 26],
    form: { items: crowns(26), note: "Crown on 14 please" },
  },
  {
    id: "scan.none",
    sentence: "The order came without a scan.",
    teeth: [],
    form: { items: crowns(16), scans: [] },
  },
  {
    id: "scan.prepared_jaw_missing",
    sentence: "The lower jaw is not among the scans, but work is ordered there: 46.",
    teeth: [46],
    form: { items: crowns(46), scans: ["upper"] },
  },
  {
    id: "scan.antagonist_missing",
    sentence: "The opposing (upper) jaw is not among the scans.",
    teeth: [],
    form: { items: crowns(46), scans: ["lower", "bite"] },
  },
  {
    id: "scan.bite_missing",
    sentence: "No bite is among the scans.",
    teeth: [],
    form: { items: crowns(46), scans: ["upper", "lower"] },
  },
  {
    id: "case.in_form",
    sentence: "The case is still a form: nothing was scanned yet.",
    teeth: [],
    form: { items: crowns(46), scans: [], caseStatus: "FORM" },
  },
  {
    id: "due.before_received",
    sentence: "The due date lies before the day the order came.",
    teeth: [],
    form: { items: crowns(46), dueInDays: -10 },
  },
];

/** Fifteen orders that a hasty check would cry over. */
export const SOUND: readonly Form[] = [
  { items: crowns(16) },
  { items: bridge(45, 46, 47), bridges: [[47, 45, 46]] },
  { items: bridge(12, 11, 21, 22), bridges: [[12, 11, 21, 22]] },
  { items: bridge(35, 36, 37) },
  { items: [{ tooth: 24 }, { tooth: 25, what: PONTIC }], bridges: [[24, 25]] },
  { items: [{ tooth: 36, what: "Inlay/Anatomic/Gold", shade: NONE }] },
  {
    items: [
      { tooth: 36, what: "Custom Abutment/Screw Type/Titanium", shade: NONE },
      { tooth: 36, what: "Implant Crown/Layered/Zirconia" },
    ],
  },
  { items: [{ tooth: 14 }, { tooth: 14, what: "Crown/Temporary/PMMA", shade: NONE }] },
  { items: [{ tooth: 36, what: "Surgical Guide/Preform/3D Print", shade: NONE }], scans: ["lower"] },
  {
    items: [
      { tooth: 11, what: "Veneer/Laminate/e.max", shade: "2M2" },
      { tooth: 21, what: "Veneer/Laminate/e.max", shade: "BL2" },
    ],
  },
  { items: crowns(45), note: "Match the neighbour 44. Antagonist 15 is a gold crown. Tooth 47 is missing." },
  { items: bridge(45, 46, 47), bridges: [[45, 46, 47]], note: "Bridge 45-47, shade A2, stump shade ND3. 3 units." },
  { items: crowns(36), note: "Crown #19, please call." },
  { items: [{ tooth: 16, shade: NONE }], note: "Farbe A3, Hals A4" },
  { items: [{ tooth: 75, what: "Crown/Preform/Stainless Steel", shade: NONE }] },
];
