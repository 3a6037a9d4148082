/** Every contradiction the check knows. Never renamed and never used for something else: people filter and count by them. */
export const CONTRADICTION_IDS = [
  "bridge.not_ordered",
  "bridge.gap",
  "bridge.across_jaws",
  "bridge.unknown_tooth",
  "bridge.single_tooth",
  "bridge.tooth_twice",
  "bridge.materials_differ",
  "pontic.without_abutment",
  "shade.missing",
  "shade.outside_guide",
  "material.not_selected",
  "material.method",
  "material.veneer",
  "tooth.duplicate",
  "tooth.unknown",
  "tooth.none",
  "tooth.other_jaw",
  "note.other_tooth",
  "note.other_shade",
  "note.ambiguous_number",
  "scan.none",
  "scan.prepared_jaw_missing",
  "scan.antagonist_missing",
  "scan.bite_missing",
  "case.in_form",
  "due.before_received",
] as const;
export type ContradictionId = (typeof CONTRADICTION_IDS)[number];

/** Where on the order it is. */
export const CONTRADICTION_FIELDS = [
  "bridges",
  "restorations",
  "shade",
  "material",
  "note",
  "scans",
  "case",
  "due",
] as const;
export type ContradictionField = (typeof CONTRADICTION_FIELDS)[number];
