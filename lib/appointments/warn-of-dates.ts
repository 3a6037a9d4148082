import type { DateWarning, VisitView } from "#lib/appointments/appointment-schema.ts";

/**
 * Visits that the lab's work is late for. All days are the practice's own, so that no zone can move them.
 * @param dueOn the day the lab delivers, "2026-03-15"
 * @param orderedOn the day of the order: visits up to it were for the scan
 */
export function warnOfDates(visits: readonly VisitView[], dueOn: string | null, orderedOn: string): DateWarning[] {
  if (!dueOn) return [];
  return visits.flatMap((visit): DateWarning[] => {
    if (!visit.day || visit.day <= orderedOn || visit.day > dueOn) return [];
    return [{ type: visit.day === dueOn ? "due_same_day" : "due_after", visit }];
  });
}

/** The visits that the work is for, by day: those of the same patient, and the linked one itself, after the day of the order. */
export function visitsOfWork(linked: VisitView, others: readonly VisitView[], orderedOn: string): VisitView[] {
  const isAfter = ({ day }: VisitView) => day !== null && day > orderedOn;
  const wanted = others.filter((visit) => visit.kind !== "other" && visit.key !== linked.key);
  return [linked, ...wanted]
    .filter(isAfter)
    .sort((a, b) => `${a.day} ${a.time ?? ""}`.localeCompare(`${b.day} ${b.time ?? ""}`));
}
