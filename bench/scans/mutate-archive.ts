import { crc32 } from "node:zlib";
import { mutateBytes, numbersOf } from "./mutate-bytes.ts";

/** Where the start header says that the end header lies (7zFormat.txt, "SignatureHeader"). */
const START_HEADER = 12;
const START_HEADER_BYTES = 20;
const SIGNATURE_BYTES = 32;

/**
 * Damages a 7z archive. Every other time only in its end header, whose checksums are then made right again: what is damaged elsewhere
 * is found by them, and nothing behind them would be tried.
 */
export function mutateArchive(bytes: Uint8Array, seed: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = SIGNATURE_BYTES + Number(view.getBigUint64(START_HEADER, true));
  const size = Number(view.getBigUint64(START_HEADER + 8, true));
  if (seed % 2 === 0) return mutateBytes(bytes, seed);
  const copy = bytes.slice();
  const next = numbersOf(seed);
  for (let change = next(4); change >= 0; change--) copy[start + next(size)] = next(256);
  const changed = new DataView(copy.buffer);
  changed.setUint32(START_HEADER + 16, crc32(copy.subarray(start, start + size)), true);
  changed.setUint32(8, crc32(copy.subarray(START_HEADER, START_HEADER + START_HEADER_BYTES)), true);
  return copy;
}
