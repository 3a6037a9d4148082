import PDFDocument from "pdfkit";
import { type Font, fontBytes } from "./fonts.ts";

/** Lengths are PDF points, 1/72 inch. */
export const MM = 72 / 25.4;

export const INK = "#14181c";
export const GREY = "#5b6670";
export const LINE = "#c3cad1";
export const TINT = "#f1f4f6";

export type Box = { x: number; y: number; width: number; height: number };

/** A PDF being drawn. Pages are added by hand: what does not fit a page is the drawer's to decide. */
export type Paper = {
  doc: PDFKit.PDFDocument;
  /** What may be drawn on. */
  area: Box;
};

export type PageSize = "a4" | "letter" | { width: number; height: number };

const SIZES = { a4: [595.28, 841.89], letter: [612, 792] } as const;

/**
 * A new paper without a page.
 * @param at the day it is made on: the same order on the same day gives the same bytes, so that it is not filed twice
 */
export function startPaper(title: string, size: PageSize, margin: number, at: Date, locale: string): Paper {
  const [width, height] = typeof size === "string" ? SIZES[size] : [size.width, size.height];
  const day = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
  const doc = new PDFDocument({
    size: [width, height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    lang: locale,
    displayTitle: true,
    info: { Title: title, Creator: "Casebench", Producer: "Casebench", CreationDate: day, ModDate: day },
    // An empty name: none of PDF's own fonts, which know no letters beyond Western Europe's.
    font: "",
  });
  doc.registerFont("regular", fontBytes("regular"));
  doc.registerFont("bold", fontBytes("bold"));
  return { doc, area: { x: margin, y: margin, width: width - 2 * margin, height: height - 2 * margin } };
}

/** Ends the paper. @returns its bytes */
export async function finishPaper({ doc }: Paper): Promise<Buffer> {
  const parts: Buffer[] = [];
  doc.on("data", (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve, reject) => doc.once("end", resolve).once("error", reject));
  doc.end();
  await ended;
  return Buffer.concat(parts);
}

export type Look = {
  font?: Font;
  size?: number;
  colour?: string;
  align?: "left" | "right" | "center";
  /** Cut with an ellipsis after this many lines. */
  lines?: number;
};

const LINE_GAP = 1.5;

/** Writes into a column. @returns the y below it */
export function write(paper: Paper, text: string, x: number, y: number, width: number, look: Look = {}): number {
  const { doc } = paper;
  const { font = "regular", size = 9.5, colour = INK, align = "left", lines } = look;
  doc.font(font).fontSize(size).fillColor(colour);
  const lineHeight = doc.currentLineHeight(true) + LINE_GAP;
  const height = lines ? lineHeight * lines - LINE_GAP : undefined;
  const needed = doc.heightOfString(text, { width, lineGap: LINE_GAP });
  doc.text(text, x, y, { width, align, lineGap: LINE_GAP, ...(height ? { height, ellipsis: "…" } : {}) });
  return y + Math.min(needed, height ? height + LINE_GAP : needed);
}

/** How high a text stands in a column. */
export function heightOf({ doc }: Paper, text: string, width: number, look: Look = {}): number {
  return doc
    .font(look.font ?? "regular")
    .fontSize(look.size ?? 9.5)
    .heightOfString(text, { width, lineGap: LINE_GAP });
}

/** The largest size, in half points from `from` down to `least`, at which a text fits in one line. */
export function sizeThatFits({ doc }: Paper, text: string, width: number, font: Font, from: number, least: number) {
  for (let size = from; size > least; size -= 0.5)
    if (doc.font(font).fontSize(size).widthOfString(text) <= width) return size;
  return least;
}

export function rule({ doc }: Paper, x: number, y: number, width: number, colour = LINE, thickness = 0.6): void {
  doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(thickness)
    .strokeColor(colour)
    .stroke();
}
