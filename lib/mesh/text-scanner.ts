import { MeshError, type MeshErrorCode } from "./mesh.ts";
import { POWERS_OF_TEN } from "./powers-of-ten.ts";

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const LOWER_CASE = 0x20;

const CONTROL_Z = 0x1a;

/**
 * Reads words and numbers straight from bytes: no string is made per line, which is what makes the usual loaders slow.
 * `at` is the next byte to read. Carriage returns count as blanks for numbers and as line ends for lines.
 */
export class TextScanner {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Past a UTF-8 byte order mark, if there is one. */
  skipByteOrderMark(): void {
    const { bytes } = this;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = Math.max(this.at, 3);
  }

  /** To the next byte that is neither blank nor line end. Returns false at the end of the file. */
  skipSpace(): boolean {
    const { bytes } = this;
    let at = this.at;
    while (at < bytes.length && isSpace(bytes[at]!)) at++;
    this.at = at;
    return at < bytes.length;
  }

  /** To the next byte of this line that is not blank. Returns false when the line (or the file) ends before. */
  skipBlanks(): boolean {
    const { bytes } = this;
    let at = this.at;
    while (at < bytes.length && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
    this.at = at;
    return at < bytes.length && bytes[at] !== LINE_FEED && bytes[at] !== CARRIAGE_RETURN;
  }

  /** Behind the end of this line. */
  skipLine(): void {
    const { bytes } = this;
    let at = this.at;
    // One comparison per byte: everything but line ends and rare control characters lies above them.
    while (at < bytes.length && (bytes[at]! > CARRIAGE_RETURN || !isLineEnd(bytes[at]!))) at++;
    this.at = at + 1;
  }

  /** Behind the current word. */
  skipWord(): void {
    const { bytes } = this;
    let at = this.at;
    while (at < bytes.length && (bytes[at]! > SPACE || !isSpace(bytes[at]!))) at++;
    this.at = at;
  }

  /** Whether the bytes here spell `word` (lower case; any case in the file) followed by a blank, a line end or the end. */
  startsWithWord(word: string): boolean {
    const { bytes, at } = this;
    for (let i = 0; i < word.length; i++) {
      if (((bytes[at + i] ?? 0) | LOWER_CASE) !== word.charCodeAt(i)) return false;
    }
    const end = at + word.length;
    return end >= bytes.length || isSpace(bytes[end]!);
  }

  /**
   * The decimal number after any space: exact up to 15 digits, within a few units of a double's last place beyond.
   * `nan`, `inf` and what C programs print for them (`-nan(ind)`, `1.#QNAN`) give NaN.
   * @throws MeshError `malformed` when there is something else, `truncated` at the end of the file
   */
  readNumber(): number {
    if (!this.skipSpace()) throw this.error("truncated", "The file ends where a number should be.");
    const { bytes } = this;
    const start = this.at;
    let at = start;
    let byte = bytes[at]!;
    const negative = byte === MINUS;
    if (negative || byte === PLUS) byte = bytes[++at] ?? 0;
    let mantissa = 0;
    let exponent = 0;
    const digitsFrom = at;
    for (let digit = byte - ZERO; digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - ZERO) {
      mantissa = mantissa * 10 + digit;
    }
    let seen = at - digitsFrom;
    if (bytes[at] === DOT) {
      const fractionFrom = ++at;
      for (let digit = (bytes[at] ?? 0) - ZERO; digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - ZERO) {
        mantissa = mantissa * 10 + digit;
      }
      exponent = fractionFrom - at;
      seen -= exponent;
    }
    this.at = at;
    if (seen === 0 || bytes[at] === HASH) return this.readNotFinite(start);
    if (at < bytes.length && ((bytes[at]! | LOWER_CASE) === 0x65 || (bytes[at]! | LOWER_CASE) === 0x64)) {
      exponent += this.readExponent();
    }
    // A backslash joins lines; formats without it do not get past it.
    if (this.at < bytes.length && !isSpace(bytes[this.at]!) && bytes[this.at] !== BACKSLASH)
      throw this.notANumber(start);
    const value = scaleByPowerOfTen(mantissa, exponent);
    return negative ? -value : value;
  }

  /**
   * The whole number here, which must begin with a digit or a minus. Stops at the first byte that is not a digit.
   * @throws MeshError `malformed`
   */
  readInteger(): number {
    const { bytes } = this;
    const start = this.at;
    let at = start;
    const negative = bytes[at] === MINUS;
    if (negative) at++;
    let value = 0;
    const digitsFrom = at;
    for (let digit = (bytes[at] ?? 0) - ZERO; digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - ZERO) {
      value = value * 10 + digit;
    }
    if (at === digitsFrom) throw this.error("malformed", "There should be a whole number here.", start);
    this.at = at;
    return negative ? -value : value;
  }

  /** An error that names the line of byte `at` (by default the current one). */
  error(code: MeshErrorCode, message: string, at = this.at): MeshError {
    return new MeshError(code, message, { line: lineOf(this.bytes, at) });
  }

  private readExponent(): number {
    const { bytes } = this;
    let at = this.at + 1;
    const negative = bytes[at] === MINUS;
    if (negative || bytes[at] === PLUS) at++;
    let value = 0;
    const digitsFrom = at;
    for (let digit = (bytes[at] ?? 0) - ZERO; digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - ZERO) {
      value = Math.min(value * 10 + digit, 10_000);
    }
    if (at === digitsFrom) throw this.error("malformed", "A number ends after its exponent's sign.");
    this.at = at;
    return negative ? -value : value;
  }

  private readNotFinite(start: number): number {
    this.at = start;
    this.skipWord();
    const word = new TextDecoder().decode(this.bytes.subarray(start, Math.min(this.at, start + 16))).toLowerCase();
    if (/^[+-]?(nan|inf|\d*\.?\d*#)/.test(word)) return Number.NaN;
    throw this.notANumber(start);
  }

  private notANumber(start: number): MeshError {
    return this.error("malformed", "There should be a number here.", start);
  }
}

/** A text without what some programs pad its end with: zeros, or the sign that ended texts on DOS. */
export function withoutTextEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === CONTROL_Z)) end--;
  return bytes.subarray(0, end);
}

function isLineEnd(byte: number): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

/** Blank, tab, line feed, carriage return, vertical tab, form feed. */
function isSpace(byte: number): boolean {
  return byte === SPACE || (byte >= TAB && byte <= CARRIAGE_RETURN);
}

function scaleByPowerOfTen(mantissa: number, exponent: number): number {
  if (exponent === 0 || mantissa === 0) return mantissa;
  // One correctly rounded operation on two exact numbers: the same result as the engine's own parser.
  if (exponent < 0 && exponent >= -22) return mantissa / POWERS_OF_TEN[-exponent]!;
  if (exponent > 0 && exponent <= 22) return mantissa * POWERS_OF_TEN[exponent]!;
  return Number(`${mantissa}e${exponent}`);
}

/** The line (from 1) in which byte `at` lies. CR LF, LF and CR each end a line. */
function lineOf(bytes: Uint8Array, at: number): number {
  let line = 1;
  const end = Math.min(at, bytes.length);
  for (let i = 0; i < end; i++) {
    if (bytes[i] === LINE_FEED || (bytes[i] === CARRIAGE_RETURN && bytes[i + 1] !== LINE_FEED)) line++;
  }
  return line;
}
