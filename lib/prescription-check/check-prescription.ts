import { checkBridges, checkPontics } from "./check-bridges.ts";
import { checkShadesOfNote, checkTeethOfNote } from "./check-note.ts";
import { checkDuplicates, checkMaterials, checkPlaces, checkShades } from "./check-restorations.ts";
import { checkScans } from "./check-scans.ts";
import type { CheckedOrder, Contradiction } from "./contradiction.ts";

/** Of a longer note the beginning is read, in UTF-16 units. */
const LONGEST_NOTE = 5_000;

/**
 * What contradicts itself inside an order, and against its scans. Pure. It says only what is surely wrong or missing: a check that
 * cries over sound orders is not read.
 */
export function checkPrescription(given: CheckedOrder): Contradiction[] {
  const order = { ...given, note: given.note?.slice(0, LONGEST_NOTE) ?? null };
  return [
    ...checkPlaces(order),
    ...checkDuplicates(order),
    ...checkBridges(order),
    ...checkPontics(order),
    ...checkShades(order),
    ...checkMaterials(order),
    ...checkTeethOfNote(order),
    ...checkShadesOfNote(order),
    ...checkScans(order),
    ...checkDue(order),
  ];
}

/** A due day before the order came: two days' grace, because a day has ends in every time zone. */
function checkDue({ dueOn, receivedAt }: CheckedOrder): Contradiction[] {
  if (!dueOn) return [];
  const isEarlier = new Date(`${dueOn}T00:00:00Z`).getTime() + 2 * 86_400_000 < new Date(receivedAt).getTime();
  return isEarlier ? [{ id: "due.before_received", field: "due", teeth: [], facts: {} }] : [];
}
