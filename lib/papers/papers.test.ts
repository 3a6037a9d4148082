import decodeQR from "qr/decode.js";
import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, it } from "vitest";
import type { OrderDetailView, Restoration } from "#lib/orders/order-schema.ts";
import type { Fdi } from "#lib/teeth/tooth.ts";
import { universalOf } from "#lib/teeth/tooth.ts";
import { drawDeliveryNote } from "./delivery-note.ts";
import { qrModules } from "./draw-qr-code.ts";
import { drawLabelSheets, drawSingleLabels, labelsPerSheet, SINGLE_LABEL } from "./labels.ts";
import { drawOrderForm } from "./order-form.ts";
import { finishPaper, MM, type Paper, startPaper } from "./paper.ts";
import { paperWords } from "./paper-words.ts";
import type { PrintedOrder } from "./printed-order.ts";
import { drawWorkTicket } from "./work-ticket.ts";

const AT = new Date("2026-11-20T09:30:00Z");
const ADDRESS = "https://lab.example/orders/0198f0aa-1111-7222-8333-444455556666";

function restoration(fdi: number, more: Partial<Restoration> = {}): Restoration {
  return {
    tooth: { fdi, universal: universalOf(fdi as Fdi) },
    toothText: null,
    jaw: null,
    dieNumber: null,
    type: "Crown",
    typeCode: "CROWN",
    method: null,
    methodCode: null,
    material: "Zirconia",
    materialCode: "ZIRCONIA",
    shade: "A2",
    ...more,
  };
}

function printed(more: Partial<OrderDetailView> = {}): PrintedOrder {
  const restorations = more.restorations ?? [
    restoration(45),
    restoration(46, { type: "Pontic", typeCode: "PONTIC" }),
    restoration(47),
  ];
  const order = {
    side: "lab",
    number: "1045882",
    vendorName: "MeditLink",
    caseName: "Müller, Zoë / 45–47",
    patientName: "Zoë Müller-Weiß, Łódź",
    patientCode: "P-0815",
    clinic: { id: null, name: "Praxis Dr. Süß & Gallé" },
    lab: { id: null, name: "OneLab" },
    dueOn: "2026-11-28",
    receivedAt: "2026-11-19T15:04:00.000Z",
    syncedAt: "2026-11-20T09:00:00.000Z",
    description: "Bitte Kontaktpunkte fest, Größe wie 36.",
    tags: ["VIP"],
    scans: { count: 3, ready: 3, failed: 0 },
    delivery: [],
    files: [{ kind: "scan", name: "unterkiefer.stl" }],
    restorations,
    prescription: { form: "teeth", restorations, bridges: [[45, 46, 47]] },
    ...more,
  } as OrderDetailView;
  return { order, address: ADDRESS, picture: null };
}

const english = paperWords({ locale: "en", toothNotation: "universal" }, "America/New_York");
const german = paperWords({ locale: "de", toothNotation: "fdi" }, "Europe/Berlin");

async function read(draw: (paper: Paper) => void, size: Parameters<typeof startPaper>[1] = "a4") {
  const paper = startPaper("Paper", size, 14 * MM, AT, "en");
  draw(paper);
  const bytes = await finishPaper(paper);
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text, totalPages } = await extractText(pdf, { mergePages: false });
  return { bytes, pages: totalPages, text: text.join("\n").replace(/\s+/g, " "), byPage: text };
}

describe("a work ticket", () => {
  it("holds what is needed at the bench, in the reader's language, with letters of every Latin alphabet", async () => {
    const { text, pages } = await read((paper) => drawWorkTicket(paper, german, printed()));
    expect(pages).toBe(1);
    for (const words of [
      "Arbeitszettel",
      "1045882",
      "Zoë Müller-Weiß, Łódź",
      "Praxis Dr. Süß & Gallé",
      "Sa., 28. Nov. 2026",
      "3-gliedrige Brücke 45–47 (FDI)",
      "Größe wie 36",
      "P-0815",
      "VIP",
      "Seite 1 von 1",
    ])
      expect(text).toContain(words);
  });

  it("names both notations over their numbers, the reader's own first", async () => {
    const mine = (await read((paper) => drawWorkTicket(paper, english, printed()))).text;
    expect(mine).toMatch(/Universal FDI Type.*\b29 45 Crown.*\b30 46 Pontic.*\b31 47 Crown/);
    const theirs = (await read((paper) => drawWorkTicket(paper, german, printed()))).text;
    expect(theirs).toMatch(/FDI Universal Art.*\b45 29 Krone/);
  });

  it("goes on on further pages with its head, losing neither a tooth nor a word of a long note", async () => {
    const restorations = Array.from({ length: 16 }, (_, i) => restoration((i < 8 ? 18 - i : 13 + i) as Fdi));
    const description = Array.from({ length: 1_500 }, (_, i) => `word${i}`).join(" ");
    const { text, pages, byPage } = await read((paper) =>
      drawWorkTicket(paper, german, printed({ restorations, description })),
    );
    expect(pages).toBeGreaterThan(1);
    for (let i = 0; i < 1_500; i++) expect(text).toContain(`word${i}`);
    for (const page of byPage) expect(page).toContain("1045882");
    expect(byPage.at(-1)).toContain(`Seite ${pages} von ${pages}`);
  });

  it("prints an order without teeth, dates or names as one", async () => {
    const bare = printed({
      restorations: [],
      prescription: { form: "other", restorations: [], bridges: [] },
      dueOn: null,
      patientName: null,
      caseName: null,
      clinic: null,
      description: null,
    });
    const { text } = await read((paper) => drawWorkTicket(paper, english, bare));
    expect(text).toContain("No name");
    expect(text).toContain("No date");
    expect(text).toContain("The clinic listed no restorations.");
  });
});

it("the code on a paper opens the order", () => {
  const modules = qrModules(ADDRESS);
  const scale = 4;
  const size = modules.length * scale;
  const data = new Uint8Array(size * size * 4).fill(255);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      if (modules[Math.floor(y / scale)]![Math.floor(x / scale)])
        data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
  expect(decodeQR({ width: size, height: size, data })).toBe(ADDRESS);
});

it("an order form shows what the clinic ordered and sent", async () => {
  const { text } = await read((paper) => drawOrderForm(paper, german, printed()));
  for (const words of ["Auftragsformular", "OneLab", "45 29 Krone", "unterkiefer.stl"]) expect(text).toContain(words);
});

describe("a delivery note", () => {
  it("counts equal restorations together and leaves room for batches and signatures", async () => {
    const { text } = await read((paper) => drawDeliveryNote(paper, english, printed(), AT));
    expect(text).toMatch(/2 Crown 29, 31 Zirconia, A2 1 Pontic 30 Zirconia, A2 3 units/);
    expect(text).toContain("Batch (LOT)");
    expect(text).toContain("Received by · Date, signature");
    expect(text).toContain("Fri, Nov 20, 2026");
  });

  it("is the same file, byte for byte, when it is made again that day", async () => {
    const make = () => read((paper) => drawDeliveryNote(paper, english, printed(), AT));
    expect((await make()).bytes.equals((await make()).bytes)).toBe(true);
  });
});

describe("labels", () => {
  it("stand one to a page of the label printer", async () => {
    const orders = [printed(), printed({ number: "1045883" })];
    const { pages, byPage } = await read((paper) => drawSingleLabels(paper, german, orders), SINGLE_LABEL);
    expect(pages).toBe(2);
    expect(byPage[1]).toContain("1045883");
    expect(byPage[0]).toContain("Termin Sa., 28. Nov. 2026");
  });

  it("name the notation of their tooth numbers", async () => {
    const on = async (words: typeof german) =>
      (await read((paper) => drawLabelSheets(paper, words, [printed()], "a4", 1))).text;
    expect(await on(german)).toContain("45–47 (FDI)");
    expect(await on(english)).toContain("29–31 (Universal)");
  });

  it("use a begun sheet up and go on on the next", async () => {
    const orders = Array.from({ length: 4 }, (_, i) => printed({ number: `70${i}` }));
    const { byPage } = await read((paper) => drawLabelSheets(paper, german, orders, "a4", labelsPerSheet("a4") - 1));
    expect(byPage).toHaveLength(2);
    expect(byPage[0]).toContain("701");
    expect(byPage[1]).toContain("702");
  });
});
