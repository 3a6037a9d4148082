import { crc32, deflateSync } from "node:zlib";
import type { Picture } from "./draw-picture.ts";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const HEADER_BYTES = 13;
const BITS = 8;
const RGBA = 6;
const PAETH = 4;
const CHANNELS = 4;

/** A picture as PNG (W3C PNG third edition): 8 bits, with transparency. */
export function encodePng({ width, height, rgba }: Picture): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([BITS, RGBA], 8);
  const data = deflateSync(filterRows(rgba, width * CHANNELS));
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", new Uint8Array(0))]);
}

/** Every byte as the difference from what its neighbours let expect (§9.4): soft shading turns into small numbers. */
function filterRows(rgba: Uint8Array, stride: number): Uint8Array {
  const rows = rgba.length / stride;
  const filtered = new Uint8Array(rows * (stride + 1));
  for (let row = 0; row < rows; row++) {
    const from = row * stride;
    const to = row * (stride + 1);
    filtered[to] = PAETH;
    for (let i = 0; i < stride; i++) {
      const left = i >= CHANNELS ? rgba[from + i - CHANNELS]! : 0;
      const above = row > 0 ? rgba[from + i - stride]! : 0;
      const corner = row > 0 && i >= CHANNELS ? rgba[from + i - stride - CHANNELS]! : 0;
      filtered[to + 1 + i] = rgba[from + i]! - predict(left, above, corner);
    }
  }
  return filtered;
}

function predict(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
