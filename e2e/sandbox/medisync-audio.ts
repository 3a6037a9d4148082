import { Random } from "./random.ts";

const RATE = 8_000;

/** A short dictation as a WAV file (16 bit, mono, 8 kHz): syllables of a low voice with pauses, the same for the same seed. */
export function dictation(seed: string, seconds = 6): Buffer {
  const random = new Random(`dictation ${seed}`);
  const samples = Math.round(seconds * RATE);
  const bytes = Buffer.alloc(44 + samples * 2);
  writeHeader(bytes, samples);
  for (let at = 0; at < samples; ) {
    const length = Math.round((0.09 + 0.16 * random.next()) * RATE);
    const pause = Math.round((random.chance(0.2) ? 0.25 : 0.04) * RATE);
    const pitch = 105 + 45 * random.next();
    for (let i = 0; i < length && at + i < samples; i++) {
      const envelope = Math.sin((Math.PI * i) / length);
      const phase = (2 * Math.PI * pitch * i) / RATE;
      const voice = Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.25 * Math.sin(5 * phase);
      bytes.writeInt16LE(Math.round(5_000 * envelope * voice), 44 + 2 * (at + i));
    }
    at += length + pause;
  }
  return bytes;
}

function writeHeader(bytes: Buffer, samples: number): void {
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(samples * 2, 40);
}
