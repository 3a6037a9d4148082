import type { Restoration } from "#lib/orders/order-schema.ts";
import { KIND_MESSAGES, RESTORATION_KINDS, restorationKind } from "#lib/orders/restoration-kind.ts";
import { isFdi } from "#lib/teeth/tooth.ts";
import { KIND_COLOURS } from "./draw-tooth-chart.ts";
import { GREY, heightOf, INK, LINE, type Paper, rule, TINT, write } from "./paper.ts";
import type { PaperWords } from "./paper-words.ts";

/** The colours that occur in the chart, by name. @returns the y below them */
export function drawLegend(
  paper: Paper,
  words: PaperWords,
  restorations: readonly Restoration[],
  x: number,
  y: number,
) {
  const { doc } = paper;
  const present = new Set(restorations.map(restorationKind));
  let at = x;
  for (const kind of RESTORATION_KINDS.filter((kind) => present.has(kind))) {
    doc
      .rect(at, y + 1.5, 7, 7)
      .lineWidth(0.6)
      .fillAndStroke(KIND_COLOURS[kind], INK);
    const word = words.prescription(KIND_MESSAGES[kind]);
    doc
      .font("regular")
      .fontSize(8)
      .fillColor(GREY)
      .text(word, at + 10, y, { lineBreak: false });
    at += 22 + doc.widthOfString(word);
  }
  return y + 14;
}

/** The columns in parts of the table's width. */
const PARTS = [0.09, 0.13, 0.38, 0.26, 0.14];

/**
 * What was ordered, tooth by tooth, each number under the name of its notation. Long lists go on on further pages.
 * @param newPage adds a page and says where to go on
 * @returns the y below the table
 */
export function drawRestorations(
  paper: Paper,
  words: PaperWords,
  restorations: readonly Restoration[],
  y: number,
  bottom: number,
  newPage: () => number,
): number {
  const { x, width } = paper.area;
  const widths = PARTS.map((part) => part * width);
  const starts = widths.map((_, i) => x + widths.slice(0, i).reduce((sum, w) => sum + w, 0));
  if (restorations.length === 0)
    return write(paper, words.prescription("noRestorations"), x, y, width, { colour: GREY });
  let at = drawHead(paper, words, starts, widths, y);
  for (const restoration of restorations) {
    const cells = cellsOf(words, restoration);
    const height = Math.max(...cells.map((cell, i) => heightOf(paper, cell, widths[i]! - 8))) + 6;
    if (at + height > bottom) at = drawHead(paper, words, starts, widths, newPage());
    for (const [i, cell] of cells.entries())
      write(paper, cell, starts[i]! + 4, at + 3, widths[i]! - 8, {
        font: i === 0 ? "bold" : "regular",
        ...(i === 1 ? { colour: GREY } : {}),
      });
    at += height;
    rule(paper, x, at, width, LINE, 0.4);
  }
  return at + 4;
}

function drawHead(paper: Paper, words: PaperWords, starts: number[], widths: number[], y: number): number {
  const { x, width } = paper.area;
  paper.doc.rect(x, y, width, 16).fill(TINT);
  const heads = [
    ...words.notations,
    words.prescription("columnType"),
    words.prescription("columnMaterial"),
    words.prescription("columnShade"),
  ];
  for (const [i, head] of heads.entries())
    write(paper, head, starts[i]! + 4, y + 4, widths[i]! - 8, { font: "bold", size: 7.5, colour: GREY, lines: 1 });
  return y + 16;
}

function cellsOf(words: PaperWords, restoration: Restoration): string[] {
  const { first, second } = words.place(restoration);
  const type = restoration.type ?? restoration.typeCode ?? words.prescription("restoration");
  return [
    first,
    second,
    [type, restoration.method]
      .map((name) => name && words.product(name))
      .filter(Boolean)
      .join(" · "),
    words.product(restoration.material ?? restoration.materialCode ?? "–"),
    restoration.shade ?? "–",
  ];
}

/** The vendor's bridges in words, with their teeth. @returns the y below them */
export function drawBridges(paper: Paper, words: PaperWords, bridges: readonly number[][], y: number): number {
  let at = y;
  for (const span of bridges) {
    const teeth = span.filter(isFdi);
    const what = words.prescription("bridgeSpan", { units: span.length, span: words.teeth(teeth) || span.join(", ") });
    const said = words.prescription("summaryIn", { what, notation: words.notations[0] });
    at = write(paper, said, paper.area.x + 4, at + 2, paper.area.width - 8, { font: "bold", size: 9 });
  }
  return at;
}
