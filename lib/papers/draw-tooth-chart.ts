import type { Restoration } from "#lib/orders/order-schema.ts";
import { type RestorationKind, restorationKind } from "#lib/orders/restoration-kind.ts";
import { type Fdi, isDeciduous, isFdi, jawOf } from "#lib/teeth/tooth.ts";
import {
  CHART_WIDTH,
  chartSize,
  crownPath,
  implantPath,
  placeTeeth,
  rootPath,
  shapeOf,
  type ToothPlace,
} from "#lib/teeth/tooth-geometry.ts";
import { type Box, GREY, INK, LINE, type Paper } from "./paper.ts";
import type { PaperWords } from "./paper-words.ts";

/** Light enough to be told apart on a black-and-white printer too, where the number in bold says that a tooth is ordered. */
export const KIND_COLOURS: Record<RestorationKind, string> = {
  crown: "#7fbcbf",
  pontic: "#b9c2f2",
  veneer: "#f0c987",
  inlay: "#e3a9c8",
  implant: "#a7b0b8",
  denture: "#efaaa2",
  other: "#c9c2a8",
};

type Order = { restorations: readonly Restoration[]; bridges: readonly (readonly number[])[] };

/** How high the chart stands at a width. */
export function toothChartHeight(order: Order, width: number): number {
  return (chartSize(hasDeciduous(order)).height * width) / CHART_WIDTH;
}

/** Both arches as the order's page draws them: facing the patient, restorations filled by kind, bridges as bars. */
export function drawToothChart(paper: Paper, words: PaperWords, order: Order, box: Omit<Box, "height">): void {
  const { doc } = paper;
  const deciduous = hasDeciduous(order);
  const { height, middle } = chartSize(deciduous);
  const places = placeTeeth(deciduous);
  const kinds = new Map<Fdi, RestorationKind>();
  for (const restoration of order.restorations) {
    const fdi = restoration.tooth?.fdi ?? 0;
    if (isFdi(fdi) && !kinds.has(fdi)) kinds.set(fdi, restorationKind(restoration));
  }
  doc
    .save()
    .translate(box.x, box.y)
    .scale(box.width / CHART_WIDTH);
  doc.lineWidth(0.8).strokeColor(LINE);
  doc
    .moveTo(CHART_WIDTH / 2, 6)
    .lineTo(CHART_WIDTH / 2, height - 6)
    .dash(2, { space: 3 })
    .stroke()
    .undash();
  doc
    .moveTo(14, middle)
    .lineTo(CHART_WIDTH - 14, middle)
    .stroke();
  doc.font("bold").fontSize(9).fillColor(GREY);
  doc.text(words.prescription("right"), 2, middle - 5.5, { lineBreak: false });
  doc.text(words.prescription("left"), CHART_WIDTH - 9, middle - 5.5, { lineBreak: false });
  doc.font("regular").fontSize(6).fillColor(GREY).text(words.notations[0], 2, 2, { lineBreak: false });
  for (const span of order.bridges) drawBridge(paper, span, places);
  for (const place of places) drawTooth(paper, words, place, kinds.get(place.fdi) ?? null);
  doc.restore();
}

function hasDeciduous({ restorations, bridges }: Order): boolean {
  const all = [...restorations.map(({ tooth }) => tooth?.fdi ?? 0), ...bridges.flat()];
  return all.some((fdi) => isFdi(fdi) && isDeciduous(fdi));
}

function drawTooth({ doc }: Paper, words: PaperWords, place: ToothPlace, kind: RestorationKind | null): void {
  const shape = shapeOf(place.fdi);
  doc.save().translate(place.x, place.neck);
  if (place.flip) doc.scale(1, -1);
  doc.lineJoin("round");
  if (place.root > 0 && kind !== "pontic" && kind !== "denture") {
    if (kind === "implant") doc.lineWidth(1).path(implantPath(place.width, place.root)).fillAndStroke("#ffffff", INK);
    else
      doc
        .lineWidth(0.7)
        .path(rootPath(shape, place.width, place.root))
        .fillAndStroke("#f4f5f6", "#aeb6bd");
  }
  doc.lineWidth(kind ? 1.1 : 0.7);
  doc
    .path(crownPath(shape, place.width, place.crown))
    .fillAndStroke(kind ? KIND_COLOURS[kind] : "#ffffff", kind ? INK : "#aeb6bd");
  doc.restore();
  const numberAt = place.flip ? place.neck - place.crown - 11.5 : place.neck + place.crown + 2.5;
  doc
    .font(kind ? "bold" : "regular")
    .fontSize(8.5)
    .fillColor(kind ? INK : GREY);
  doc.text(words.tooth(place.fdi), place.x - 12, numberAt, { width: 24, align: "center", lineBreak: false });
}

function drawBridge({ doc }: Paper, span: readonly number[], places: readonly ToothPlace[]): void {
  for (const jaw of ["upper", "lower"] as const) {
    const here = places.filter((place) => span.includes(place.fdi) && jawOf(place.fdi) === jaw);
    if (here.length === 0) continue;
    const left = Math.min(...here.map((place) => place.x - place.width / 2)) + 1.5;
    const right = Math.max(...here.map((place) => place.x + place.width / 2)) - 1.5;
    const outer = Math.max(...here.map((place) => place.root)) + 5;
    const side = jaw === "upper" ? -1 : 1;
    const y = here[0]!.neck + side * outer;
    doc
      .moveTo(left, y - side * 4)
      .lineTo(left, y)
      .lineTo(right, y)
      .lineTo(right, y - side * 4);
    doc.lineWidth(2).lineCap("round").lineJoin("round").strokeColor(INK).stroke();
  }
}
