const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;
const SLASH = 0x2f;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
/** So many always fit 32 bits, which the processor multiplies in a third of the time. */
const MOST_DIGITS = 9;

/**
 * What follows the `f` of a triangle as scanners write them by the million: ` 1//1 2//2 3//3`, one blank before each corner, at most one
 * behind the last. Most of an OBJ is such lines; a reader of them alone takes half the time of one that looks left and right.
 * @param corners the three vertex numbers as written (from 1) are put here
 * @returns where the line ends, or 0 when it is any other line
 */
export function readPlainTriangle(bytes: Uint8Array, from: number, corners: Uint32Array): number {
  let at = from;
  for (let corner = 0; corner < 3; corner++) {
    if (bytes[at] !== BLANK) return 0;
    const first = ++at;
    let vertex = 0;
    for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO)
      vertex = (vertex * 10 + digit) | 0;
    if (vertex === 0 || at - first > MOST_DIGITS) return 0;
    corners[corner] = vertex;
    let byte = bytes[at]!;
    if (byte === SLASH) while (byte > BLANK && byte !== BACKSLASH) byte = bytes[++at]!;
  }
  if (bytes[at] === BLANK) at++;
  return bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN ? at : 0;
}
