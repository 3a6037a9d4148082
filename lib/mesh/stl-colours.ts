import { STL_HEADER_BYTES, STL_TRIANGLE_BYTES } from "./stl-layout.ts";

/** Behind the corners of a triangle: two bytes without a meaning in the format, in which two families of programs write colours. */
const ATTRIBUTE_AT = 48;
const FLAG = 0x8000;
/** White and black with the flag: what programs write that mean no colour at all. */
const MEANINGLESS = [0xffff, FLAG];

const MAGICS_WORD = "COLOR=";

/** How a file writes its colours. */
interface ColourStyle {
  /** Whether the attribute is a colour of the triangle's own. */
  isOwn: (attribute: number) => boolean;
  /** Where red and blue begin; green lies between them. */
  redShift: number;
  blueShift: number;
  /** r g b a of a triangle without a colour of its own. */
  otherwise: readonly number[];
}

/**
 * The triangles' colours of a binary STL, 15 bits each: as VisCAM and SolidView write them (the highest bit says that there is one,
 * blue first) or as Materialise Magics does (`COLOR=` with r g b a in the header, the highest bit says that there is none, red first).
 * Other programs leave zeros there, or numbers of their own: those are no colours.
 * @returns r g b a per triangle, or null
 */
export function readStlColours(bytes: Uint8Array, triangles: number): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const attributeOf = (triangle: number) =>
    view.getUint16(STL_HEADER_BYTES + triangle * STL_TRIANGLE_BYTES + ATTRIBUTE_AT, true);
  const style = chooseStyle(bytes, triangles, attributeOf);
  if (!style) return null;
  const colours = new Uint8Array(triangles * 4);
  for (let triangle = 0; triangle < triangles; triangle++) {
    const attribute = attributeOf(triangle);
    const colour = style.isOwn(attribute)
      ? [widen(attribute >> style.redShift), widen(attribute >> 5), widen(attribute >> style.blueShift), 255]
      : style.otherwise;
    colours.set(colour, triangle * 4);
  }
  return colours;
}

function chooseStyle(
  bytes: Uint8Array,
  triangles: number,
  attributeOf: (triangle: number) => number,
): ColourStyle | null {
  const seen = { own: false, flagged: false, different: false };
  const first = triangles > 0 ? attributeOf(0) : 0;
  for (let triangle = 0; triangle < triangles; triangle++) {
    const attribute = attributeOf(triangle);
    if (attribute >= FLAG) seen.flagged = true;
    else if (attribute > 0) seen.own = true;
    seen.different ||= attribute !== first;
  }
  const header = magicsColour(bytes);
  if (header) {
    const isUsed = seen.own || (seen.flagged && seen.different);
    return isUsed ? { isOwn: (own) => own < FLAG, redShift: 0, blueShift: 10, otherwise: header } : null;
  }
  // A number without the flag that is not nothing is no colour, and then neither are the others.
  if (!seen.flagged || seen.own || (!seen.different && MEANINGLESS.includes(first))) return null;
  return { isOwn: (own) => own >= FLAG, redShift: 10, blueShift: 0, otherwise: [255, 255, 255, 255] };
}

/** The colour in the header of a file of Magics: r g b a of all triangles without their own. */
function magicsColour(bytes: Uint8Array): number[] | null {
  const header = new TextDecoder("latin1").decode(bytes.subarray(0, 80));
  const at = header.indexOf(MAGICS_WORD);
  const from = at + MAGICS_WORD.length;
  if (at < 0 || from + 4 > 80) return null;
  return [...bytes.subarray(from, from + 3), 255];
}

/** Five bits as eight. */
function widen(bits: number): number {
  const five = bits & 31;
  return (five << 3) | (five >> 2);
}
