import type { ClinicalText, NoteDifference } from "#lib/appointments/appointment-schema.ts";

/**
 * What all texts together say otherwise than the order, once each. An ordered tooth that one of them names is not left out, and a shade
 * that one of them names with its tooth is not told without it again. Pure.
 */
export function mergeDifferences(texts: readonly ClinicalText[]): NoteDifference[] {
  const speaking = texts.filter(({ mentions }) => mentions.some(({ kind }) => kind === "tooth"));
  const merged = new Map<string, NoteDifference>();
  for (const one of texts.flatMap(({ differences }) => differences)) {
    const key = JSON.stringify(one);
    const isIn = (text: ClinicalText) => text.differences.some((other) => JSON.stringify(other) === key);
    if (one.type !== "tooth_not_in_note" || speaking.every(isIn)) merged.set(key, one);
  }
  const all = [...merged.values()];
  return all.filter((one) => !all.some((other) => saysMore(other, one)));
}

function saysMore(one: NoteDifference, other: NoteDifference): boolean {
  if (one.type !== "shade_differs" || other.type !== "shade_differs") return false;
  const isSame = one.shade === other.shade && one.ordered.join() === other.ordered.join();
  return isSame && one.teeth.length > 0 && other.teeth.length === 0;
}
