import type { Restoration } from "#lib/orders/order-schema.ts";
import { isFdi } from "#lib/teeth/tooth.ts";
import { drawFacts, drawFeet, drawHeading } from "./draw-heading.ts";
import { GREY, heightOf, LINE, type Paper, rule, TINT, write } from "./paper.ts";
import type { PaperWords } from "./paper-words.ts";
import type { PrintedOrder } from "./printed-order.ts";

const FOOT = 24;
const HANDING_OVER = 70;
/** The columns in parts of the width: quantity, item, teeth, material and shade, batch. */
const PARTS = [0.1, 0.3, 0.2, 0.24, 0.16];

/** What leaves the laboratory with the work: by item, with room for batches and for two signatures. */
export function drawDeliveryNote(paper: Paper, words: PaperWords, printed: PrintedOrder, at: Date): void {
  const { order } = printed;
  const { doc, area } = paper;
  const first = doc.bufferedPageRange().count;
  const bottom = area.y + area.height - FOOT;
  doc.addPage();
  let y = drawHeading(paper, words, printed, words.t("deliveryNote"));
  const shipment = order.delivery.at(-1);
  y = drawFacts(
    paper,
    [
      { name: words.t("date"), value: words.dayOf(at), strong: true },
      { name: words.t("lab"), value: order.lab?.name },
      { name: words.t("clinic"), value: order.clinic?.name, strong: true },
      { name: words.t("due"), value: order.dueOn ? words.day(order.dueOn) : words.t("noDue") },
      { name: words.t("patient"), value: order.patientName ?? order.caseName },
      { name: words.t("patientCode"), value: order.patientCode },
      { name: words.t("delivery"), value: shipment?.company },
      { name: words.t("tracking"), value: shipment?.trackingNumber },
    ],
    y,
  );
  y = drawItems(paper, words, order.restorations, y + 4, bottom);
  if (y + HANDING_OVER > bottom) {
    doc.addPage();
    y = area.y;
  }
  drawSignatures(paper, words, Math.max(y + 30, bottom - HANDING_OVER));
  drawFeet(paper, words, order.number, first, "");
}

type Item = { count: number; type: string; places: string[]; teeth: number[]; material: string; shade: string };

/** Equal restorations together: what is counted when the box is packed. */
function itemsOf(words: PaperWords, restorations: readonly Restoration[]): Item[] {
  const items = new Map<string, Item>();
  for (const restoration of restorations) {
    const type = words.product(restoration.type ?? restoration.typeCode ?? words.prescription("restoration"));
    const material = words.product(restoration.material ?? restoration.materialCode ?? "");
    const shade = restoration.shade ?? "";
    const key = JSON.stringify([type, restoration.method, material, shade]);
    const item = items.get(key) ?? { count: 0, type, places: [], teeth: [], material, shade };
    item.count++;
    const fdi = restoration.tooth?.fdi;
    if (fdi !== undefined) item.teeth.push(fdi);
    else item.places.push(words.place(restoration).first);
    items.set(key, item);
  }
  return [...items.values()];
}

/** @returns the y below the list */
function drawItems(
  paper: Paper,
  words: PaperWords,
  restorations: readonly Restoration[],
  y: number,
  bottom: number,
): number {
  const { doc, area } = paper;
  const widths = PARTS.map((part) => part * area.width);
  const starts = widths.map((_, i) => area.x + widths.slice(0, i).reduce((sum, w) => sum + w, 0));
  const heads = [
    words.t("quantity"),
    words.t("item"),
    `${words.t("teeth")} (${words.notations[0]})`,
    words.t("materialShade"),
    words.t("batch"),
  ];
  const drawHead = (top: number) => {
    doc.rect(area.x, top, area.width, 16).fill(TINT);
    for (const [i, head] of heads.entries())
      write(paper, head, starts[i]! + 4, top + 4, widths[i]! - 8, { font: "bold", size: 7.5, colour: GREY, lines: 1 });
    return top + 16;
  };
  let at = drawHead(y);
  for (const item of itemsOf(words, restorations)) {
    const teeth = [words.teeth(item.teeth.filter(isFdi)), ...item.teeth.filter((n) => !isFdi(n)), ...item.places];
    const cells = [
      String(item.count),
      item.type,
      teeth.filter(Boolean).join(", "),
      [item.material, item.shade].filter(Boolean).join(", "),
    ];
    const height = Math.max(...cells.map((cell, i) => heightOf(paper, cell, widths[i]! - 8))) + 8;
    if (at + height > bottom) {
      doc.addPage();
      at = drawHead(area.y);
    }
    for (const [i, cell] of cells.entries())
      write(paper, cell, starts[i]! + 4, at + 4, widths[i]! - 8, { font: i === 0 ? "bold" : "regular" });
    at += height;
    rule(paper, area.x, at, area.width, LINE, 0.4);
  }
  const total = words.t("total", { count: restorations.length });
  return write(paper, total, area.x + 4, at + 5, area.width - 8, { font: "bold", lines: 1 });
}

function drawSignatures(paper: Paper, words: PaperWords, y: number): void {
  const { area } = paper;
  const each = area.width / 2 - 12;
  for (const [i, who] of [words.t("handedOver"), words.t("receivedBy")].entries()) {
    const x = area.x + i * (each + 24);
    rule(paper, x, y + 38, each);
    write(paper, `${who} · ${words.t("signature")}`, x, y + 42, each, { size: 7.5, colour: GREY, lines: 1 });
  }
}
