import { continueOnNewPage, drawFacts, drawFeet, drawHeading, drawNote } from "./draw-heading.ts";
import { drawBridges, drawLegend, drawRestorations } from "./draw-prescription.ts";
import { drawToothChart, toothChartHeight } from "./draw-tooth-chart.ts";
import { GREY, LINE, type Paper, write } from "./paper.ts";
import type { PaperWords } from "./paper-words.ts";
import type { PrintedOrder } from "./printed-order.ts";

const FOOT = 24;
const SIGN_OFF = 62;

/** What goes through the laboratory with the case: everything needed at the bench on one page where it fits. */
export function drawWorkTicket(paper: Paper, words: PaperWords, printed: PrintedOrder): void {
  const { order } = printed;
  const { doc, area } = paper;
  const first = doc.bufferedPageRange().count;
  const bottom = area.y + area.height - FOOT;
  const newPage = () => continueOnNewPage(paper, words, order.number);
  const roomFor = (height: number, y: number) => (y + height > bottom ? newPage() : y);
  doc.addPage();
  let y = drawHeading(paper, words, printed, words.t("workTicket"));
  y = drawFacts(
    paper,
    [
      { name: words.t("due"), value: order.dueOn ? words.day(order.dueOn) : words.t("noDue"), strong: true },
      { name: words.t("clinic"), value: order.clinic?.name, strong: true },
      { name: words.t("received"), value: words.instant(order.receivedAt) },
      { name: words.t("portal"), value: order.vendorName },
      { name: words.t("patientCode"), value: order.patientCode },
      {
        name: words.t("caseName"),
        value: order.patientName && order.caseName !== order.patientName ? order.caseName : null,
      },
      { name: words.t("files"), value: words.t("scans", { count: order.scans.count }) },
      { name: words.t("tags"), value: order.tags.join(", ") },
    ],
    y,
  );
  y = drawChartAndPicture(paper, words, printed, y + 2);
  y = drawRestorations(paper, words, order.restorations, y + 4, bottom, newPage);
  y = drawBridges(paper, words, order.prescription.bridges, y);
  if (order.description) y = drawNote(paper, words.t("note"), order.description, y + 8, bottom, newPage);
  drawSignOff(paper, words, roomFor(SIGN_OFF, y + 8));
  drawFeet(paper, words, order.number, first, words.t("asOf", { at: words.instant(order.syncedAt) }));
}

/** The chart, and beside it the scans where there is a picture of them. @returns the y below both */
function drawChartAndPicture(paper: Paper, words: PaperWords, { order, picture }: PrintedOrder, y: number): number {
  const { doc, area } = paper;
  const chart = { restorations: order.restorations, bridges: order.prescription.bridges };
  const width = picture ? area.width * 0.6 : Math.min(area.width, 380);
  const height = toothChartHeight(chart, width);
  drawToothChart(paper, words, chart, { x: area.x, y, width });
  if (picture) {
    const x = area.x + width + 12;
    doc.image(picture, x, y, { fit: [area.width - width - 12, height], align: "center", valign: "center" });
  }
  return drawLegend(paper, words, order.restorations, area.x, y + height + 4) + 2;
}

/** Who did which step, filled in by hand. */
function drawSignOff(paper: Paper, words: PaperWords, y: number): void {
  const { doc, area } = paper;
  const steps = (["stepPlan", "stepDesign", "stepMake", "stepFinish", "stepCheck"] as const).map((step) =>
    words.t(step),
  );
  const each = area.width / steps.length;
  const below = write(paper, `${words.t("signOff")} (${words.t("initials")})`, area.x, y, area.width, {
    size: 7.5,
    colour: GREY,
    lines: 1,
  });
  for (const [i, step] of steps.entries()) {
    doc
      .rect(area.x + i * each, below + 2, each, 44)
      .lineWidth(0.6)
      .strokeColor(LINE)
      .stroke();
    write(paper, step, area.x + i * each + 5, below + 6, each - 10, { size: 8, lines: 1 });
  }
}
