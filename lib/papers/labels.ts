import { nameOf } from "./draw-heading.ts";
import { drawQrCode } from "./draw-qr-code.ts";
import { type Box, GREY, MM, type PageSize, type Paper, sizeThatFits, write } from "./paper.ts";
import type { PaperWords } from "./paper-words.ts";
import type { PrintedOrder } from "./printed-order.ts";

/** A sheet of labels as the trade sells it. Lengths in mm. */
type Sheet = { columns: number; rows: number; width: number; height: number; left: number; top: number; gap: number };

/** A4: 63.5 × 38.1 mm, 21 to a sheet (Avery L7160 and alike). Letter: 66.7 × 25.4 mm, 30 to a sheet (Avery 5160 and alike). */
const SHEETS = {
  a4: { columns: 3, rows: 7, width: 63.5, height: 38.1, left: 7.2, top: 15.1, gap: 2.5 },
  letter: { columns: 3, rows: 10, width: 66.7, height: 25.4, left: 4.8, top: 12.7, gap: 3.2 },
} as const satisfies Record<string, Sheet>;

/** Continuous tape of 62 mm, as label printers take it. */
export const SINGLE_LABEL: PageSize = { width: 62 * MM, height: 38 * MM };

/** How many labels a sheet holds. */
export function labelsPerSheet(size: keyof typeof SHEETS): number {
  return SHEETS[size].columns * SHEETS[size].rows;
}

/** One label on each page, for a label printer. */
export function drawSingleLabels(paper: Paper, words: PaperWords, orders: readonly PrintedOrder[]): void {
  for (const order of orders) {
    paper.doc.addPage();
    drawLabel(paper, words, order, paper.area);
  }
}

/** Labels on sheets, from a place on: a sheet that was begun is used up. @param from 1 is the first label of the sheet */
export function drawLabelSheets(
  paper: Paper,
  words: PaperWords,
  orders: readonly PrintedOrder[],
  size: keyof typeof SHEETS,
  from: number,
): void {
  const sheet = SHEETS[size];
  const perSheet = labelsPerSheet(size);
  for (const [i, order] of orders.entries()) {
    const place = (from - 1 + i) % perSheet;
    if (i === 0 || place === 0) paper.doc.addPage();
    const column = place % sheet.columns;
    const row = Math.floor(place / sheet.columns);
    drawLabel(paper, words, order, {
      x: (sheet.left + column * (sheet.width + sheet.gap)) * MM + 7,
      y: (sheet.top + row * sheet.height) * MM + 6,
      width: sheet.width * MM - 14,
      height: sheet.height * MM - 12,
    });
  }
}

/** Number, whose it is, what it is, when it is due, and the code that opens the order. */
function drawLabel(paper: Paper, words: PaperWords, { order, address }: PrintedOrder, box: Box): void {
  const { x, y, width, height } = box;
  const qr = Math.min(height * 0.62, 50);
  const column = width - qr - 4;
  drawQrCode(paper, address, x + width - qr, y, qr);
  const size = sizeThatFits(paper, order.number, column, "bold", 14, 7);
  let at = write(paper, order.number, x, y, column, { font: "bold", size, lines: 1 });
  at = write(paper, nameOf(words, order), x, at, column, { size: 8.5, lines: 1 });
  at = write(paper, order.clinic?.name ?? "", x, at, column, { size: 7, colour: GREY, lines: 1 });
  const { what, materials, shades } = words.summary(order, order.prescription.bridges);
  const room = height > 80 ? 2 : 1;
  at = Math.max(at, room > 1 ? y + qr : at);
  at = write(paper, what, x, at, room > 1 ? width : column, { size: 7.5, lines: room });
  const below = [materials, shades].filter(Boolean).join(" · ");
  const dueAt = y + height - 9;
  if (at + 9 <= dueAt) write(paper, below, x, at, room > 1 ? width : column, { size: 7, colour: GREY, lines: 1 });
  const due = order.dueOn ? `${words.t("due")} ${words.day(order.dueOn)}` : words.t("noDue");
  write(paper, due, x, dueAt, width, { font: "bold", size: 7.5, lines: 1 });
}
