import { continueOnNewPage, drawFacts, drawFeet, drawHeading, drawNote } from "./draw-heading.ts";
import { drawBridges, drawLegend, drawRestorations } from "./draw-prescription.ts";
import { drawToothChart, toothChartHeight } from "./draw-tooth-chart.ts";
import type { Paper } from "./paper.ts";
import type { PaperWords } from "./paper-words.ts";
import type { PrintedOrder } from "./printed-order.ts";

const FOOT = 24;
const CHART_WIDTH = 360;

/** What the clinic ordered, for portals that make no form of their own. */
export function drawOrderForm(paper: Paper, words: PaperWords, printed: PrintedOrder): void {
  const { order } = printed;
  const { doc, area } = paper;
  const first = doc.bufferedPageRange().count;
  const bottom = area.y + area.height - FOOT;
  const newPage = () => continueOnNewPage(paper, words, order.number);
  doc.addPage();
  let y = drawHeading(paper, words, printed, words.t("orderForm"));
  y = drawFacts(
    paper,
    [
      { name: words.t("clinic"), value: order.clinic?.name, strong: true },
      { name: words.t("lab"), value: order.lab?.name, strong: true },
      { name: words.t("due"), value: order.dueOn ? words.day(order.dueOn) : words.t("noDue"), strong: true },
      { name: words.t("received"), value: words.instant(order.receivedAt) },
      { name: words.t("patient"), value: order.patientName },
      { name: words.t("patientCode"), value: order.patientCode },
      { name: words.t("caseName"), value: order.caseName },
      { name: words.t("portal"), value: order.vendorName },
    ],
    y,
  );
  const chart = { restorations: order.restorations, bridges: order.prescription.bridges };
  drawToothChart(paper, words, chart, { x: area.x, y: y + 2, width: CHART_WIDTH });
  y = drawLegend(paper, words, order.restorations, area.x, y + toothChartHeight(chart, CHART_WIDTH) + 6) + 2;
  y = drawRestorations(paper, words, order.restorations, y + 4, bottom, newPage);
  y = drawBridges(paper, words, order.prescription.bridges, y);
  if (order.description) y = drawNote(paper, words.t("note"), order.description, y + 8, bottom, newPage);
  const files = order.files.filter(({ kind }) => kind !== "group_info").map(({ name }) => name);
  if (files.length > 0) drawNote(paper, words.t("files"), files.join("\n"), y + 8, bottom, newPage);
  drawFeet(paper, words, order.number, first, "");
}
