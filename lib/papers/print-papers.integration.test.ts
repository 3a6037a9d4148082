import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { findOrderForm } from "./find-order-form.ts";
import { printPapers } from "./print-papers.ts";

let db: TestDatabase;
let lab: Principal;
let ids: string[];

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal("lab", "technician");
  ids = await insertOrders(await makeConnection(lab), [
    { number: "70001", dueOn: "2026-12-01", patient: { patientName: "Żaneta Öztürk" } },
    { number: "70002" },
  ]);
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

async function read(bytes: Buffer): Promise<{ pages: number; text: string }> {
  const { text, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  return { pages: totalPages, text };
}

it("a technician prints tickets of several orders at once, in their own language, and each is in its trail", async () => {
  const { name, bytes } = await printPapers({ ...lab, locale: "de" }, "work_ticket", ids);
  expect(name).toBe("Arbeitszettel.pdf");
  const { pages, text } = await read(bytes);
  expect(pages).toBe(2);
  for (const words of ["70001", "Żaneta Öztürk", "Di., 01. Dez. 2026", "70002"]) expect(text).toContain(words);
  for (const subjectId of ids)
    expect(await database().auditEntry.count({ where: { action: "order.printed", subjectId } })).toBe(1);
});

it("where a portal makes no order form, ours is the order form", async () => {
  const form = await findOrderForm(lab, ids[0]!);
  expect(form.name).toBe("70001 Order form.pdf");
  expect("bytes" in form && (await read(form.bytes)).text).toContain("Żaneta Öztürk");
});

it("a lab in America prints on Letter, everybody else on A4", async () => {
  const widthOf = async () => {
    const pdf = await getDocumentProxy(new Uint8Array((await printPapers(lab, "delivery_note", [ids[0]!])).bytes));
    return Math.round((await pdf.getPage(1)).view[2]!);
  };
  expect(await widthOf()).toBe(595);
  await database().organisation.update({ where: { id: lab.organisationId }, data: { timeZone: "America/Denver" } });
  expect(await widthOf()).toBe(612);
});

it("nobody prints another organisation's order, also not among their own", async () => {
  const stranger = await makePrincipal();
  await expect(printPapers(stranger, "label", [ids[0]!])).rejects.toMatchObject({ code: "not_found" });
  const [own] = await insertOrders(await makeConnection(stranger), [{ number: "1" }]);
  await expect(printPapers(stranger, "label", [own!, ids[0]!])).rejects.toMatchObject({ code: "not_found" });
  await expect(findOrderForm(stranger, ids[0]!)).rejects.toMatchObject({ code: "not_found" });
  expect(await database().auditEntry.count({ where: { organisationId: stranger.organisationId } })).toBe(0);
});
