import { type Fdi, parseTooth, teethBetween } from "#lib/teeth/tooth.ts";

/** A number in a note that means a tooth. Either reading is null where the number is no tooth in that notation. */
export type ToothInNote = {
  /** As it was written. */
  text: string;
  asFdi: Fdi | null;
  asUniversal: Fdi | null;
  /** Named beside it. */
  notation: "fdi" | "universal" | null;
};

const NOUN =
  "crowns?|(?:voll|teil|einzel|zirkon(?:oxid)?|(?:press)?keramik|metall|gold|verblend|implantat|stahl)?kronen?|bridges?|br(?:ü|ue)cken?|pontics?|zwischenglied(?:er)?|inlays?|onlays?|veneers?|coping|k(?:ä|ae)ppchen|implant(?:s|at|ate)?|implant crowns?|abutments?|restoration|restauration";
const TOOTH = "tooth|teeth|zahn|z(?:ä|ae)hne[n]?|zahns|region?|fdi|iso|universal|ada";
const JOIN =
  "(?:\\s+(?:no\\.?|nr\\.?|number|nummer|on|for|at|auf|f(?:ü|ue)r|an|in|of|von|region?|tooth|teeth|zahn|z(?:ä|ae)hne[n]?|mod|dom|mo|om|od|do|is|ist|are|sind|fdi|iso|universal|ada))*\\s*[:(]?\\s*";
const NUMBERS = "#?\\d{1,2}(?![\\d])(?:\\s*(?:,|/|\\+|&|und|and|-|–|bis|to|through)\\s*#?\\d{1,2}(?!\\d))*";
/** What makes a number something else than a tooth. */
const UNIT =
  /^\s*(?:[.,:]\d|mm|cm|µm|um|%|°|nm|ncm|x\b|h\b|min|units?|gliedrig|-?unit|-?gliedrig|days?|tage?n?\b|weeks?|wochen?|hours?|stunden?|uhr|am\b|pm\b|jahre?|years?|stück|pcs|pieces|€|\$|\.\s*(?:jan|feb|m(?:ä|a)r|apr|mai|may|jun|jul|aug|sep|o[kc]t|nov|de[zc]))/i;

const AFTER_WORD = new RegExp(`(?:\\b(${TOOTH})\\b|\\b(?:${NOUN})\\b|(#))${JOIN}(${NUMBERS})`, "giu");
const BEFORE_NOUN = new RegExp(`(?<![\\d.,#/-])(\\d{2})(?!\\d)\\s+(?:[\\p{L}.-]+\\s+){0,2}(?:${NOUN})\\b`, "giu");

/** Words before a tooth in its clause that make it a tooth of reference, not one that is ordered. */
const REFERENCE =
  /\b(like|as|same|match\w*|wie|analog\w*|neighbou?r\w*|nachbar\w*|adjacent|next|contact\w*|kontakt\w*|antagonist\w*|oppos\w*|gegen\w*|existing|vorhanden\w*|already|bereits|missing|fehl\w*|lost|extract\w*|extrahi\w*|gezogen|not|nicht|no|kein\w*|without|ohne|between|zwischen|mesial\w*|distal\w*|photo|foto|shade of|farbe von|colou?r of|compar\w*|vergleich\w*|copy|kopie\w*|mirror\w*|spiegel\w*|clasp\w*|klammer\w*|orient\w*|similar|(?:ä|ae)hnlich\w*|beside|neben\w*|from|aus|future|sp(?:ä|ae)ter|later|previous\w*|fr(?:ü|ue)her\w*|old|alt\w*|scan\w*|besides|near|nahe|natural\w*|nat(?:ü|ue)rlich\w*)\b/i;
/** The same behind it. */
const REFERENCE_AFTER =
  /^[^.;!?\n,]*\b(missing|fehlt|fehlen|extracted|extrahiert|gezogen|follows?|folgt|folgen|later|sp(?:ä|ae)ter|as (?:a |the )?(?:reference|model|guide)|als (?:referenz|vorlage|muster)|natural|nat(?:ü|ue)rlich|neighbou?r|nachbar\w*|antagonist)/i;

/** What a note puts right: "not 36 but 37" orders the second one. */
const CORRECTED =
  /\b(?:not|nicht)\b[^.;!?\n\d]{0,20}\d{2}[^.;!?\n\d]{0,5}\b(?:but|sondern)\b[^.;!?\n\d]{0,20}(\d{2})(?!\d)/giu;
/** Letters are milk teeth in Universal: behind a "#", or where the note says which notation it means. */
const LETTER = /(?:#|\b(?:tooth|zahn)\s+(?=[A-T][^.;\n]{0,20}\buniversal\b))([A-T])(?![\p{L}\d.])/giu;
/** Quadrants by name, as they are said in Britain: "UR6" is 16. */
const QUADRANT = /(?<![\p{L}\d])(U|L)(R|L)\s?([1-8])(?![\p{L}\d])/gu;
const QUADRANTS = { UR: 1, UL: 2, LL: 3, LR: 4 } as const;

/** The teeth that a note speaks of as the ones to be worked on. Others, to match or to touch, are left out. */
export function teethInNote(note: string): ToothInNote[] {
  const found: ToothInNote[] = [];
  for (const match of note.matchAll(AFTER_WORD)) {
    const [whole, word, hash, numbers = ""] = match;
    const end = match.index + whole.length;
    const alone = word === undefined && hash === undefined;
    found.push(...readNumbers(note, match.index, end, numbers, alone, notationOf(whole, note.slice(end, end + 20))));
  }
  for (const match of note.matchAll(BEFORE_NOUN))
    found.push(
      ...readNumbers(note, match.index, match.index + match[1]!.length, match[1]!, true, notationOf(match[0], "")),
    );
  for (const { 0: whole, 1: number, index } of note.matchAll(CORRECTED))
    if (!UNIT.test(note.slice(index + whole.length))) found.push(readOne(number!, null));
  for (const { 0: whole, 1: letter, index } of note.matchAll(LETTER))
    if (isMeant(note, index, index + whole.length)) found.push(readOne(letter!, "universal"));
  for (const { 0: text, 1: jaw, 2: side, 3: place, index } of note.matchAll(QUADRANT)) {
    const fdi = parseTooth(`${QUADRANTS[`${jaw}${side}` as keyof typeof QUADRANTS]}${place}`, "fdi");
    if (isMeant(note, index, index + text.length)) found.push({ text, asFdi: fdi, asUniversal: null, notation: null });
  }
  return [...new Map(found.map((tooth) => [`${tooth.asFdi} ${tooth.asUniversal} ${tooth.notation}`, tooth])).values()];
}

/** What stands there is a tooth, and one to be worked on. */
function isMeant(note: string, start: number, end: number): boolean {
  const clause = /[^.;!?\n,]*$/.exec(note.slice(0, start))?.[0] ?? "";
  const rest = note.slice(end);
  return !REFERENCE.test(clause) && !UNIT.test(rest) && !REFERENCE_AFTER.test(rest);
}

function readNumbers(
  note: string,
  start: number,
  end: number,
  numbers: string,
  needsTwoDigits: boolean,
  notation: ToothInNote["notation"],
): ToothInNote[] {
  if (!isMeant(note, start, end)) return [];
  const parts = numbers.replaceAll("#", "").split(/\s*(?:,|\/|\+|&|und|and)\s*/i);
  return parts
    .flatMap((part) => {
      const [from = "", to] = part.split(/\s*(?:-|–|bis|to|through)\s*/i);
      if (needsTwoDigits && from.length < 2) return [];
      return to === undefined ? [readOne(from, notation)] : readRange(from, to, notation);
    })
    .filter(({ asFdi, asUniversal }) => asFdi !== null || asUniversal !== null);
}

function readOne(text: string, notation: ToothInNote["notation"]): ToothInNote {
  return {
    text,
    asFdi: notation === "universal" ? null : parseTooth(text, "fdi"),
    asUniversal: notation === "fdi" ? null : parseTooth(text, "universal"),
    notation,
  };
}

/** All teeth of a range, read in each notation on its own. */
function readRange(from: string, to: string, notation: ToothInNote["notation"]): ToothInNote[] {
  const ends = [readOne(from, notation), readOne(to, notation)] as const;
  const text = `${from}–${to}`;
  const inFdi = ends[0].asFdi && ends[1].asFdi ? teethBetween(ends[0].asFdi, ends[1].asFdi) : null;
  const inUniversal =
    ends[0].asUniversal && ends[1].asUniversal ? teethBetween(ends[0].asUniversal, ends[1].asUniversal) : null;
  const length = Math.max(inFdi?.length ?? 0, inUniversal?.length ?? 0);
  return Array.from({ length }, (_, i) => ({
    text,
    asFdi: inFdi?.[i] ?? null,
    asUniversal: inUniversal?.[i] ?? null,
    notation,
  }));
}

function notationOf(before: string, after: string): ToothInNote["notation"] {
  const near = `${before} ${/^\s*\(?[^.;,\n)]{0,14}/.exec(after)?.[0] ?? ""}`;
  if (/\b(universal|ada|us)\b/i.test(near)) return "universal";
  return /\b(fdi|iso)\b/i.test(near) ? "fdi" : null;
}
