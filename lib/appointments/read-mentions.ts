import { type Fdi, parseTooth, type ToothNotation, teethBetween } from "#lib/teeth/tooth.ts";

/** Teeth and shades in a clinical text, where they stand. Pure. */

/** A tooth number as it is written: one tooth in a notation that the text tells, or what it would be in either. */
export type ToothMention = {
  start: number;
  end: number;
  sentence: number;
  written: string;
  /** Null where the number is no tooth in this notation. A range has all of its teeth. */
  asFdi: readonly Fdi[] | null;
  asUniversal: readonly Fdi[] | null;
  /** What the text itself says: "FDI 14", "1.4", "Universal 14"; null when nothing tells. */
  notation: ToothNotation | null;
};

export type ShadeMention = { start: number; end: number; sentence: number; shade: string };
export type Mentions = { teeth: ToothMention[]; shades: ShadeMention[] };

/** A text longer than this is not looked through to its end, characters. */
const MOST_CHARACTERS = 100_000;

export function readMentions(whole: string): Mentions {
  const text = whole.slice(0, MOST_CHARACTERS);
  const sentenceAt = sentencesOf(text);
  return {
    teeth: readTeeth(text).map((tooth) => ({ ...tooth, sentence: sentenceAt(tooth.start) })),
    shades: readShades(text).map((shade) => ({ ...shade, sentence: sentenceAt(shade.start) })),
  };
}

/** Numbers count as teeth after these words, or after "#". */
const LEAD =
  /\b(?:tooth|teeth|zahn|z[äa]hne?n?|regio(?:n|nes)?|crowns?|kronen?|bridges?|br[üu]cken?|implants?|implantat[e]?|veneers?|inlays?|onlays?|pontics?|abutments?|prep(?:aration)?s?|st[üu]mpfe?)\b(?:\s+(?:for|on|of|at|to|an|auf|von|in|f[üu]r|replacing|numbers?|no|nr|regio|tooth|teeth|zahn|the|und|and)\b\.?)*[\s:(]*/giu;
const NOTATION = /^(?:\(?\s*)(fdi|iso|universal|ada|us)\)?\s*[:#]?\s*/iu;
const NUMBER =
  /^#?\s?(\d\.\d|\d{1,2})(?![\d%]|[.,]\d|\s?(?:mm|µm|cm|ml|mg|°|days?|weeks?|tage|wochen|uhr|am\b|pm\b|years?|jahre))/iu;
const TO = /^\s*(?:-|–|to\b|bis\b|through\b)\s*/iu;
const AND = /^\s*(?:,\s*(?:and|und)\b|,|;|\/|&|\+|and\b|und\b)\s*/iu;

function readTeeth(text: string): Omit<ToothMention, "sentence">[] {
  const found: Omit<ToothMention, "sentence">[] = [];
  const starts = [...text.matchAll(LEAD)].map((match) => match.index + match[0].length);
  const hashes = [...text.matchAll(/#(?=\s?\d)/g)].map(({ index }) => index);
  const uttered = [...text.matchAll(/\b(?:fdi|universal)\s*(?=#?\d)/gi)].map(({ index }) => index);
  let read = 0;
  for (const start of [...starts, ...hashes, ...uttered].sort((a, b) => a - b)) {
    if (start < read) continue;
    const list = readList(text, start);
    if (list.length === 0) continue;
    found.push(...list);
    read = list.at(-1)!.end;
  }
  return found;
}

/** "14, 15 and 16", "#3-#5", "FDI 11–21" from a place on. */
function readList(text: string, start: number): Omit<ToothMention, "sentence">[] {
  const said = NOTATION.exec(text.slice(start, start + 20));
  const notation = said ? notationOf(said[1]!) : null;
  const list: Omit<ToothMention, "sentence">[] = [];
  let at = start + (said?.[0].length ?? 0);
  while (true) {
    const number = NUMBER.exec(text.slice(at, at + 16));
    if (!number) break;
    let end = at + number[0].length;
    const to = TO.exec(text.slice(end, end + 10));
    const last = to && NUMBER.exec(text.slice(end + to[0].length, end + to[0].length + 16));
    if (to && last) end += to[0].length + last[0].length;
    const mention = toothMention(text.slice(at, end), at, number[1]!, last?.[1] ?? number[1]!, notation);
    if (!mention) break;
    list.push(mention);
    const and = AND.exec(text.slice(end, end + 12));
    if (!and) break;
    at = end + and[0].length;
  }
  const after =
    list.at(-1) && /^\s*\(?(fdi|iso|universal|ada)\b/i.exec(text.slice(list.at(-1)!.end, list.at(-1)!.end + 14));
  return notation || !after ? list : list.map((one) => ({ ...one, notation: one.notation ?? notationOf(after[1]!) }));
}

function notationOf(word: string): ToothNotation {
  return /^(fdi|iso)$/i.test(word) ? "fdi" : "universal";
}

function toothMention(
  written: string,
  start: number,
  from: string,
  to: string,
  notation: ToothNotation | null,
): Omit<ToothMention, "sentence"> | null {
  const read = (as: ToothNotation): readonly Fdi[] | null => {
    const [first, last] = [parseTooth(from, as), parseTooth(to, as)];
    return first && last && teethBetween(first, last);
  };
  // "1.4" is written so in FDI only.
  const said = notation ?? (from.includes(".") ? "fdi" : null);
  const asFdi = said === "universal" ? null : read("fdi");
  const asUniversal = said === "fdi" ? null : read("universal");
  if (!asFdi && !asUniversal) return null;
  const text = written.trim();
  return { start, end: start + written.length, written: text, asFdi, asUniversal, notation: said };
}

/** VITA classical, 3D-Master and bleach shades. */
const SHADE =
  /(?<![\p{L}\d.-])(?:A(?:1|2|3(?:[.,]5)?|4)|B[1-4]|C[1-4]|D[2-4]|[0-5][LMR][123](?:[.,]5)?|BL[1-4])(?![\p{L}\d]|[.,]\d)/giu;
/** The same letters and numbers with another meaning. */
const NO_SHADE = /(?:vitamin|hba|hep(?:atitis)?|vertebra[el]?|wirbel|room|raum|zimmer|page|seite|figure|abb\.?)\s*$/iu;

function readShades(text: string): Omit<ShadeMention, "sentence">[] {
  return [...text.matchAll(SHADE)].flatMap((match) => {
    if (NO_SHADE.test(text.slice(Math.max(0, match.index - 16), match.index))) return [];
    return [{ start: match.index, end: match.index + match[0].length, shade: shadeName(match[0]) }];
  });
}

/** "a3,5" is A3.5. */
export function shadeName(text: string): string {
  return text.trim().toUpperCase().replace(",", ".");
}

/** Which sentence a place is in; a line end ends one too. A dot inside a number does not. */
function sentencesOf(text: string): (at: number) => number {
  const ends = [...text.matchAll(/[.!?;](?=\s|$)|\n/g)].map(({ index }) => index);
  return (at) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
