import { type Fdi, isFdi } from "#lib/teeth/tooth.ts";
import type { CheckedOrder, Contradiction } from "./contradiction.ts";
import { outsideGuide, plainShade, shadesInNote } from "./shade-guide.ts";
import { type ToothInNote, teethInNote } from "./teeth-in-note.ts";

/**
 * Teeth that the note orders and the form does not, and numbers that are the ordered tooth in one notation and another one in the
 * other. FDI is what portals write, so a number that is an ordered tooth in FDI says nothing; a note that uses a number which only one
 * notation has is read in that notation as a whole.
 */
export function checkTeethOfNote({ note, restorations, bridges }: CheckedOrder): Contradiction[] {
  const ordered = new Set([...restorations.map(({ tooth }) => tooth?.fdi ?? 0), ...bridges.flat()].filter(isFdi));
  if (!note || ordered.size === 0) return [];
  const named = teethInNote(note);
  const notation = notationOfNote(named, ordered);
  const others: Fdi[] = [];
  const ambiguous: ToothInNote[] = [];
  for (const tooth of named) {
    const asFdi = notation === "universal" ? null : tooth.asFdi;
    const asUniversal = notation === "fdi" ? null : tooth.asUniversal;
    if (asFdi !== null && ordered.has(asFdi)) continue;
    const isOrdered = asUniversal !== null && ordered.has(asUniversal);
    if (isOrdered && asFdi !== null) ambiguous.push(tooth);
    else if (!isOrdered) others.push((asFdi ?? asUniversal ?? tooth.asFdi ?? tooth.asUniversal)!);
  }
  const found: Contradiction[] = [];
  if (others.length > 0) found.push({ id: "note.other_tooth", field: "note", teeth: [...new Set(others)], facts: {} });
  for (const { text, asFdi, asUniversal } of ambiguous)
    found.push({ id: "note.ambiguous_number", field: "note", teeth: [asFdi!, asUniversal!], facts: { number: text } });
  return found;
}

function notationOfNote(named: readonly ToothInNote[], ordered: ReadonlySet<Fdi>): ToothInNote["notation"] {
  const stated = named.find(({ notation }) => notation)?.notation;
  if (stated) return stated;
  if (named.some(({ asFdi, asUniversal }) => asFdi !== null && asUniversal === null && ordered.has(asFdi)))
    return "fdi";
  if (named.some(({ asFdi, asUniversal }) => asFdi === null && asUniversal !== null && ordered.has(asUniversal)))
    return "universal";
  return null;
}

/** Shades that the note orders and the form does not. A note that also names an ordered one speaks of details. */
export function checkShadesOfNote({ note, restorations }: CheckedOrder): Contradiction[] {
  const shades = restorations
    .flatMap(({ shade }) => shade?.trim() || [])
    .filter((shade) => outsideGuide(shade).length === 0);
  const ordered = new Set(shades.flatMap((shade) => shade.split(/[/+;&|]/)).map(plainShade));
  const named = shadesInNote(note ?? "");
  if (ordered.size === 0 || named.length === 0 || named.some((shade) => ordered.has(shade))) return [];
  const facts = { shade: named.join(", "), ordered: [...new Set(shades)].join(", ") };
  return [{ id: "note.other_shade", field: "note", teeth: [], facts }];
}
