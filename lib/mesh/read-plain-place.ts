import { POWERS_OF_TEN } from "./powers-of-ten.ts";

const BLANK = 0x20;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
/** So many always fit 32 bits, which the processor multiplies in a third of the time. */
const MOST_DIGITS = 9;

/**
 * What follows the `v` of a vertex as scanners write them: ` -28.192177 3.090031 31.420378`, one blank before each number, each with
 * a dot and at most nine digits.
 * @param place x, y and z are put here
 * @returns where the third number ends, or 0 when it is any other line
 */
export function readPlainPlace(bytes: Uint8Array, from: number, place: Float64Array): number {
  let at = from;
  for (let axis = 0; axis < 3; axis++) {
    if (bytes[at] !== BLANK) return 0;
    const isNegative = bytes[++at] === MINUS;
    if (isNegative) at++;
    const first = at;
    let digits = 0;
    for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO)
      digits = (digits * 10 + digit) | 0;
    const dot = at;
    if (dot === first || bytes[at] !== DOT) return 0;
    for (let digit = bytes[++at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO)
      digits = (digits * 10 + digit) | 0;
    if (at - first > MOST_DIGITS + 1) return 0;
    const value = digits / POWERS_OF_TEN[at - dot - 1]!;
    place[axis] = isNegative ? -value : value;
  }
  return bytes[at]! <= BLANK ? at : 0;
}
