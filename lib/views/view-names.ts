/** The views every inbox has, in the order they are shown. Apart from the schemas: pages use them without loading a checker. */
export const VIEWS = [
  "new_today",
  "needs_information",
  "due_soon",
  "accepted_not_downloaded",
  "changed_after_acceptance",
  "mine",
  "on_hold",
  "closed",
  "late",
] as const;
export type ViewName = (typeof VIEWS)[number];

/** A clinic puts nothing aside: that is its lab's affair. */
export function viewsOf(kind: "lab" | "clinic"): readonly ViewName[] {
  return kind === "lab" ? VIEWS : VIEWS.filter((view) => view !== "on_hold");
}
