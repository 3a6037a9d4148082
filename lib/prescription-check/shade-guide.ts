const CLASSICAL = ["A1", "A2", "A3", "A3.5", "A4", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "D2", "D3", "D4"];
const THREE_D_MASTER = [
  ..."0M1 0M2 0M3 1M1 1M2 2L1.5 2L2.5 2M1 2M2 2M3 2R1.5 2R2.5 3L1.5 3L2.5 3M1 3M2 3M3 3R1.5 3R2.5".split(" "),
  ..."4L1.5 4L2.5 4M1 4M2 4M3 4R1.5 4R2.5 5M1 5M2 5M3".split(" "),
  // Bleachedguide 3D-Master: the steps between.
  ..."0.5M1 1M1.5 1.5M2 2.5M2 3.5M2 4.5M2 5M2.5".split(" "),
];
const BLEACH = ["BL1", "BL2", "BL3", "BL4", "BLXL", "BLL", "BLM", "BLW"];
/** Ivoclar Chromascop: five groups of four, and four bleach shades. */
const CHROMASCOP = ["0", "1", "2", "3", "4", "5"].flatMap((group) => ["10", "20", "30", "40"].map((n) => group + n));
/** Ivoclar Natural Die Material: shades of stumps. */
const STUMPS = Array.from({ length: 9 }, (_, i) => [`ND${i + 1}`, `ST${i + 1}`]).flat();

const CODES = new Set([...CLASSICAL, ...THREE_D_MASTER, ...BLEACH, ...CHROMASCOP, ...STUMPS]);

/** A shade as the guides print it: "vita a3,5" and "A35" are A3.5, "OM1" is 0M1. */
export function plainShade(text: string): string {
  const code = text
    .toUpperCase()
    .replace(/VITA|CLASSICAL|CLASSIC|3D[- ]?MASTER|SHADE|FARBE|COLOU?R|IVOCLAR|CHROMASCOP/g, "")
    .replace(/BLEACH/g, "BL")
    .replace(/[,_]/g, ".")
    .replace(/[\s-]+/g, "")
    .replace(/^OM/, "0M");
  return /^[A-D][1-4]5$/.test(code) ? `${code.slice(0, 2)}.5` : code;
}

/**
 * The parts of a shade that no guide has: VITA classical, VITA 3D-Master, bleach, Chromascop, stump shades. Several shades in one
 * ("A3/A2") are looked at one by one; words ("as the photo") are no code.
 */
export function outsideGuide(shade: string): string[] {
  const whole = plainShade(shade);
  if (CODES.has(whole)) return [];
  return shade
    .split(/[/+;&|]|\s+(?:and|und|bis|to)\s+|,\s*(?=[A-Za-z0-9]{2})/i)
    .map((part) => part.trim())
    .filter((part) => {
      const code = plainShade(part);
      return code !== "" && isCode(code) && !CODES.has(code);
    });
}

/** Short and with a digit, or a single letter: somebody meant a code. */
function isCode(text: string): boolean {
  return (/\d/.test(text) && text.length <= 7) || /^[A-Z]$/.test(text);
}

/** Something of a tooth's colour stands in a text where none is ordered in that place. */
const AROUND =
  /(stump|stumpf|die|prep\w*|abutment|gingiva\w*|zahnfleisch|cervical\w*|zervikal\w*|neck|hals\w*|incis\w*|inzis\w*|schneide\w*|din|format|paper|papier|page|seite|letter|blatt|not|nicht|no|kein\w*|instead of|statt|anstatt|photo|foto)[\s:.-]*(?:shade|farbe|colou?r)?[\s:.-]*$/i;
/** Another tooth or another crown, some words before its colour: "the old crown was A3", "neighbour 21 is A3". */
const OF_ANOTHER =
  /(?<!\p{L})(neighbou?r\p{L}*|nachbar\p{L}*|old|alt\p{L}*|previous|bisher\p{L}*|existing|vorhanden\p{L}*|antagonist\p{L}*|oppos\p{L}*)(?:[\s:-]+(?:\p{L}+|#?\d{1,2}(?!\d))){0,5}[\s:-]*$/iu;

const IN_TEXT =
  /(?<![\w.])(?:[A-D]\s?[1-4](?:[.,]5)?|[0-5](?:\.5)?[LMR][1-3](?:[.,]5)?|OM[1-3]|BL\s?-?[1-4])(?![\w%°]|[.,]\d)/gi;

/** Shades that a note orders, as the guides print them. What is said of a stump, a neighbour or a sheet of paper is left out. */
export function shadesInNote(note: string): string[] {
  const found = [...note.matchAll(IN_TEXT)]
    .filter(({ 0: text, index }) => isUpperLetter(text) && isOfTheOrdered(note.slice(Math.max(0, index - 60), index)))
    .map(({ 0: text }) => plainShade(text))
    .filter((code) => CODES.has(code));
  return [...new Set(found)];
}

function isOfTheOrdered(before: string): boolean {
  return !AROUND.test(before) && !OF_ANOTHER.test(before);
}

/** "a 2" is an article and a number. */
function isUpperLetter(text: string): boolean {
  return !/^[a-d]\s/.test(text);
}
