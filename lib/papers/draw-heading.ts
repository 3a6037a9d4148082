import { drawQrCode } from "./draw-qr-code.ts";
import { GREY, heightOf, INK, type Paper, rule, sizeThatFits, TINT, write } from "./paper.ts";
import type { PaperWords } from "./paper-words.ts";
import type { PrintedOrder } from "./printed-order.ts";

const QR_SIZE = 74;

/**
 * The head of an order's paper: what it is, whose, its number large enough to be read from across the bench, and the code that opens
 * it. @returns the y below it
 */
export function drawHeading(paper: Paper, words: PaperWords, { order, address }: PrintedOrder, title: string): number {
  const { doc } = paper;
  const { x, y, width } = paper.area;
  const column = width - QR_SIZE - 16;
  const us = order.side === "lab" ? order.lab : order.clinic;
  const above = [title, us?.name].filter(Boolean).join("  ·  ");
  let at = write(paper, above, x, y, column, { font: "bold", size: 9, colour: GREY, lines: 1 });
  at = write(paper, order.number, x, at + 2, column, {
    font: "bold",
    size: sizeThatFits(paper, order.number, column, "bold", 26, 12),
    lines: 1,
  });
  at = write(paper, nameOf(words, order), x, at + 1, column, { size: 12, lines: 2 });
  drawQrCode(paper, address, x + width - QR_SIZE, y, QR_SIZE);
  write(paper, words.t("opensOrder"), x + width - QR_SIZE - 10, y + QR_SIZE + 1, QR_SIZE + 20, {
    size: 6.5,
    colour: GREY,
    align: "center",
    lines: 1,
  });
  const below = Math.max(at, y + QR_SIZE + 12) + 4;
  rule(paper, x, below, width, INK, 1);
  doc.fillColor(INK);
  return below + 8;
}

/** A further page of the same paper. @returns the y below its head */
export function continueOnNewPage(paper: Paper, words: PaperWords, number: string): number {
  const { doc, area } = paper;
  doc.addPage();
  const head = `${number} · ${words.t("continued")}`;
  return write(paper, head, area.x, area.y, area.width, { font: "bold", colour: GREY, lines: 1 }) + 8;
}

/** Whose case it is: the patient where the portal says so, otherwise the case's name. */
export function nameOf(words: PaperWords, order: PrintedOrder["order"]): string {
  return order.patientName ?? order.caseName ?? words.t("unnamed");
}

export type Fact = { name: string; value: string | null | undefined; strong?: boolean };

/** Facts side by side, as many in a row as given columns; empty ones are left out. @returns the y below them */
export function drawFacts(paper: Paper, facts: readonly Fact[], y: number, columns = 4): number {
  const { x, width } = paper.area;
  const here = facts.filter((fact): fact is Fact & { value: string } => Boolean(fact.value));
  const each = width / columns;
  let at = y;
  for (let row = 0; row < here.length; row += columns) {
    const ends = here.slice(row, row + columns).map(({ name, value, strong }, i) => {
      const from = x + i * each;
      const below = write(paper, name, from, at, each - 10, { size: 7.5, colour: GREY, lines: 1 });
      return write(paper, value, from, below, each - 10, { font: strong ? "bold" : "regular", size: 10, lines: 2 });
    });
    at = Math.max(...ends) + 6;
  }
  return at;
}

/**
 * Words of others on a tinted ground, whole, however long: what does not fit goes on on further pages.
 * @returns the y below them
 */
export function drawNote(
  paper: Paper,
  title: string,
  text: string,
  y: number,
  bottom: number,
  newPage: () => number,
): number {
  const { doc, area } = paper;
  const width = area.width - 16;
  const whole = heightOf(paper, text, width) + NOTE_EDGE;
  let at = y + whole > bottom && (whole < bottom - area.y - 40 || y + 80 > bottom) ? newPage() : y;
  for (let rest = text.trim(); rest !== ""; ) {
    const part = startThatFits(paper, rest, width, bottom - at - NOTE_EDGE);
    const height = heightOf(paper, part, width);
    doc.roundedRect(area.x, at, area.width, height + NOTE_EDGE - 6, 4).fill(TINT);
    write(paper, title, area.x + 8, at + 6, width, { size: 7.5, colour: GREY, lines: 1 });
    write(paper, part, area.x + 8, at + 17, width);
    rest = rest.slice(part.length).trimStart();
    at = rest === "" ? at + height + NOTE_EDGE : newPage();
  }
  return at;
}

const NOTE_EDGE = 30;

/** As many whole words as stand in a height, and at least one. */
function startThatFits(paper: Paper, text: string, width: number, height: number): string {
  if (heightOf(paper, text, width) <= height) return text;
  const ends = [...text.matchAll(/\S(?=\s|$)/g)].map(({ index }) => index + 1);
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (heightOf(paper, text.slice(0, ends[middle]), width) <= height) low = middle;
    else high = middle - 1;
  }
  return text.slice(0, ends[low]);
}

/** The foot of every page from the given one on: which order, which page of how many, and a line of the paper's own. */
export function drawFeet(paper: Paper, words: PaperWords, number: string, from: number, line: string): void {
  const { doc, area } = paper;
  const { count } = doc.bufferedPageRange();
  for (let page = from; page < count; page++) {
    doc.switchToPage(page);
    const y = area.y + area.height - 9;
    rule(paper, area.x, y - 5, area.width);
    write(paper, `${words.t("order")} ${number}`, area.x, y, 160, { size: 7.5, colour: GREY, lines: 1 });
    write(paper, line, area.x + 160, y, area.width - 320, { size: 7.5, colour: GREY, align: "center", lines: 1 });
    const pages = words.t("page", { page: page - from + 1, pages: count - from });
    write(paper, pages, area.x + area.width - 160, y, 160, { size: 7.5, colour: GREY, align: "right", lines: 1 });
  }
}
