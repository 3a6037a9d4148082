import { archPosition, type Fdi, isDeciduous } from "#lib/teeth/tooth.ts";

/** px per tooth and per arch. */
export const STRIP_STEP = 6;
export const STRIP_ROW = 8;

/**
 * Where a tooth stands in the small strip, in px: two rows of sixteen seen facing the patient, whose right is on the left. Deciduous
 * teeth stand where their followers will.
 */
export function stripPlace(fdi: Fdi): { x: number; y: number } {
  const at = archPosition(isDeciduous(fdi) ? ((fdi - 40) as Fdi) : fdi);
  return at < 16 ? { x: at * STRIP_STEP, y: 0 } : { x: (31 - at) * STRIP_STEP, y: STRIP_ROW };
}
