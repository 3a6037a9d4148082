import type { Mesh } from "./mesh.ts";

/** Lines joined before they become bytes: large enough to be fast, small enough to keep memory low. */
const LINES_PER_PIECE = 20_000;

/** Nine significant digits tell any two 32-bit floats apart. */
const FLOAT32_DIGITS = 9;
const FLOAT64_DIGITS = 17;

/** An OBJ, mm: `v x y z` (with `r g b` from 0 to 1 if the mesh has colours) and `f a b c`, exact to the last bit. */
export function writeObj(mesh: Mesh): Uint8Array {
  const { positions, indices, colours } = mesh;
  const digits = positions instanceof Float32Array ? FLOAT32_DIGITS : FLOAT64_DIGITS;
  const decimal = (value: number) => String(Number(value.toPrecision(digits)));
  const channel = (value: number) => (value / 255).toFixed(6);
  const text = new TextBuilder();
  text.line("# millimetres");
  for (let vertex = 0; vertex * 3 < positions.length; vertex++) {
    const at = vertex * 3;
    const place = `v ${decimal(positions[at]!)} ${decimal(positions[at + 1]!)} ${decimal(positions[at + 2]!)}`;
    const c = vertex * 4;
    text.line(
      colours ? `${place} ${channel(colours[c]!)} ${channel(colours[c + 1]!)} ${channel(colours[c + 2]!)}` : place,
    );
  }
  for (let i = 0; i + 2 < indices.length; i += 3) {
    text.line(`f ${indices[i]! + 1} ${indices[i + 1]! + 1} ${indices[i + 2]! + 1}`);
  }
  return text.finish();
}

class TextBuilder {
  private readonly pieces: Uint8Array[] = [];
  private lines: string[] = [];
  private readonly encoder = new TextEncoder();

  line(text: string): void {
    this.lines.push(text);
    if (this.lines.length >= LINES_PER_PIECE) this.flush();
  }

  finish(): Uint8Array {
    this.flush();
    const bytes = new Uint8Array(this.pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of this.pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  private flush(): void {
    if (this.lines.length === 0) return;
    this.pieces.push(this.encoder.encode(`${this.lines.join("\n")}\n`));
    this.lines = [];
  }
}
