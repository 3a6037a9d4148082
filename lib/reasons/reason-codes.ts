/** Reasons in two levels, why an order is rejected or put aside. Codes are kept with orders: never renamed, never used anew. */
export const REASON_GROUPS = ["missing_scan", "scan_quality", "prescription", "date", "commercial", "other"] as const;
export type ReasonGroup = (typeof REASON_GROUPS)[number];

/** What everybody has, by group; `<group>.<name>`, and its label in the catalogue under `reasons.codes.<group>.<name>`. */
export const REASONS = {
  missing_scan: ["upper", "lower", "antagonist", "bite", "prepared", "scan_body", "gingiva"],
  scan_quality: ["margin", "holes", "blurred", "contacts", "bite_wrong"],
  prescription: ["tooth", "shade", "material", "bridge", "contradiction", "incomplete"],
  date: ["too_soon", "capacity", "closed"],
  commercial: ["price", "account", "not_offered"],
  other: ["duplicate", "wrong_lab", "awaiting_answer", "other"],
} as const satisfies Record<ReasonGroup, readonly string[]>;

export const REASON_CODES: readonly string[] = REASON_GROUPS.flatMap((group) =>
  REASONS[group].map((name) => `${group}.${name}`),
);

/** The first level of a code; also of the one-level codes that came first. An organisation's own are told by their row. */
export function groupOfReason(code: string): ReasonGroup | null {
  const [group] = code.split(".");
  return REASON_GROUPS.find((one) => one === group) ?? null;
}
