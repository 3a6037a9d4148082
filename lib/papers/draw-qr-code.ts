import encodeQR from "qr";
import { INK, type Paper } from "./paper.ts";

/** Rows of modules, true is dark, with two light ones around; the paper's white is the rest of the quiet zone. */
export function qrModules(text: string): boolean[][] {
  return encodeQR(text, "raw", { ecc: "medium", border: 2 });
}

/** A QR code (ISO/IEC 18004, correction level M: 15 % may be smudged) with nothing but its own quiet edge around it. */
export function drawQrCode({ doc }: Paper, text: string, x: number, y: number, size: number): void {
  const modules = qrModules(text);
  const step = size / modules.length;
  doc.rect(x, y, size, size).fill("#ffffff");
  // A hair wider than its place: no light lines between neighbours on any printer.
  for (const [row, line] of modules.entries())
    for (const [column, dark] of line.entries())
      if (dark) doc.rect(x + column * step, y + row * step, step + 0.05, step + 0.05);
  doc.fill(INK);
}
