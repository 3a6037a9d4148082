import { colourScale, toColourByte } from "./colour-range.ts";
import { GrowingFloats } from "./growing-arrays.ts";
import type { TextScanner } from "./text-scanner.ts";

/** Two each of mask, red, green and blue. */
const POLYPAINT_DIGITS = 8;

/** The vertex colours of an OBJ: behind the coordinates (0-1 or 0-255), or in ZBrush's comments. */
export class ObjColours {
  /** r g b per vertex, as written; -1 where a vertex has none. Null until the first colour. */
  private written: GrowingFloats | null = null;
  private brightest = 0;
  /** r g b per vertex, 0-255, of all polypaint comments in the file's order. */
  private painted: GrowingFloats | null = null;

  /** The colour behind the coordinates of a vertex (from 0). */
  note(vertex: number, red: number, green: number, blue: number): void {
    this.written ??= new GrowingFloats((vertex + 1) * 3);
    // Vertices before the first coloured one, or between two, are white.
    while (this.written.length < vertex * 3) this.written.push3(-1, -1, -1);
    this.written.push3(red, green, blue);
    for (const value of [red, green, blue]) if (value > this.brightest) this.brightest = value;
  }

  /** Reads the word behind ZBrush's `#MRGB`: eight hexadecimal digits per vertex. */
  readPolypaint(scanner: TextScanner): void {
    const { bytes } = scanner;
    this.painted ??= new GrowingFloats(bytes.length / POLYPAINT_DIGITS);
    let at = scanner.at;
    for (let colour = readHex(bytes, at); colour >= 0; colour = readHex(bytes, at)) {
      this.painted.push3((colour >>> 16) & 255, (colour >>> 8) & 255, colour & 255);
      at += POLYPAINT_DIGITS;
    }
    scanner.at = at;
  }

  /** r g b a per vertex, 0-255; null when the file has no colours. */
  finish(vertices: number): Uint8Array | null {
    const from = this.written ?? this.painted;
    if (!from) return null;
    const values = from.view();
    const scale = this.written ? colourScale(this.brightest) : 1;
    const colours = new Uint8Array(vertices * 4).fill(255);
    for (let vertex = 0; vertex < vertices && vertex * 3 < values.length; vertex++) {
      if (values[vertex * 3]! < 0) continue;
      for (let channel = 0; channel < 3; channel++)
        colours[vertex * 4 + channel] = toColourByte(values[vertex * 3 + channel]! * scale);
    }
    return colours;
  }
}

/** The value of eight hexadecimal digits; -1 where there are not so many. */
function readHex(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; i < at + POLYPAINT_DIGITS; i++) {
    const digit = hexDigit(bytes[i] ?? 0);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** -1 for what is no hexadecimal digit. */
function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}
