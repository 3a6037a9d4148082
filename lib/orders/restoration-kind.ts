import type { Restoration } from "#lib/orders/order-schema.ts";

/** The few kinds that the tooth chart tells apart by colour. What the vendor wrote stays what is read. */
export const RESTORATION_KINDS = ["crown", "pontic", "veneer", "inlay", "implant", "denture", "other"] as const;
export type RestorationKind = (typeof RESTORATION_KINDS)[number];

/** What each is called, in the catalogue's part "prescription". */
export const KIND_MESSAGES = {
  crown: "kindCrown",
  pontic: "kindPontic",
  veneer: "kindVeneer",
  inlay: "kindInlay",
  implant: "kindImplant",
  denture: "kindDenture",
  other: "kindOther",
} as const satisfies Record<RestorationKind, string>;

/** First match wins: an implant crown is an implant, a denture coping is a denture. */
const PATTERNS: readonly (readonly [RegExp, RestorationKind])[] = [
  [/pontic|zwischenglied/i, "pontic"],
  [/implant|abutment|screw/i, "implant"],
  [/denture|prosthe|telescop|bar\b/i, "denture"],
  [/veneer|laminate/i, "veneer"],
  [/inlay|onlay|overlay/i, "inlay"],
  [/crown|coping|krone|post.?core/i, "crown"],
];

/** Vendors' codes are open lists, so the kind is read from code and display name alike. */
export function restorationKind(restoration: Pick<Restoration, "type" | "typeCode">): RestorationKind {
  const text = `${restoration.typeCode ?? ""} ${restoration.type ?? ""}`;
  return PATTERNS.find(([pattern]) => pattern.test(text))?.[1] ?? "other";
}
