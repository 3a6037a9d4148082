import { colourScale, toColourByte } from "./colour-range.ts";
import type { PlyElement, PlyScalar } from "./parse-ply-header.ts";

/** The names under which programs store a colour, in the order r g b a. */
const NAMES = [
  ["red", "diffuse_red", "r"],
  ["green", "diffuse_green", "g"],
  ["blue", "diffuse_blue", "b"],
  ["alpha", "diffuse_alpha", "a"],
];
const CHANNELS = NAMES.length;

/** The colours of a PLY's vertices or faces, as they are read row by row. */
export class PlyColours {
  /** The property of each channel; -1: none. */
  private readonly slots: readonly number[];
  /** What brings each channel to 0-255; 0 for floating point, of which the file does not say how large it gets. */
  private readonly scales: readonly number[];
  private readonly values: Float32Array;
  private brightest = 0;

  private constructor(slots: readonly number[], scales: readonly number[], count: number) {
    this.slots = slots;
    this.scales = scales;
    this.values = new Float32Array(count * CHANNELS).fill(Number.NaN);
  }

  /** Null when the element has no colour. */
  static of({ properties, count }: PlyElement): PlyColours | null {
    const slots = NAMES.map((names) =>
      properties.findIndex(({ name, lengthType }) => names.includes(name) && !lengthType),
    );
    if (slots.slice(0, 3).some((slot) => slot < 0)) return null;
    const scales = slots.map((slot) => (slot < 0 ? 1 : scaleOf(properties[slot]!.type)));
    return new PlyColours(slots, scales, count);
  }

  /** @param row the single numbers of an item, by property */
  note(item: number, row: ArrayLike<number>): void {
    for (let channel = 0; channel < CHANNELS; channel++) {
      const slot = this.slots[channel]!;
      if (slot < 0) continue;
      const value = row[slot]!;
      this.values[item * CHANNELS + channel] = value;
      if (channel < 3 && value > this.brightest) this.brightest = value;
    }
  }

  /** r g b a per item, 0-255. */
  bytes(): Uint8Array {
    const scales = this.scales.map((scale) => scale || colourScale(this.brightest));
    const bytes = new Uint8Array(this.values.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = toColourByte(this.values[i]! * scales[i % CHANNELS]!);
    return bytes;
  }
}

function scaleOf(type: PlyScalar): number {
  if (type === "float32" || type === "float64") return 0;
  return type === "uint16" ? 255 / 65_535 : 1;
}
