import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { listOrders } from "#lib/orders/list-orders.ts";
import { listOrdersQuerySchema, type OrderView } from "#lib/orders/order-schema.ts";
import { SORTS } from "#lib/orders/order-values.ts";
import { insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

let db: TestDatabase;
let lab: Principal;
let other: Principal;
let connectionId: string;
let clinicId: string;
const statuses = ["pending", "accepted", "rejected", "completed", "other"];
const day = (n: number) => `2026-03-${String(1 + (n % 28)).padStart(2, "0")}`;

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal();
  other = await makePrincipal();
  const connection = await makeConnection(lab);
  connectionId = connection.id;
  const clinic = await database().vendorGroup.create({
    data: { organisationId: lab.organisationId, vendor: "meditlink", key: "c", kind: "clinic", name: "Dr. Jeon" },
  });
  clinicId = clinic.id;
  await insertOrders(
    connection,
    Array.from({ length: 137 }, (_, i) => ({
      number: String(2_000_000 + ((i * 37) % 137)),
      status: statuses[i % 5]!,
      completeness: i % 3 === 0 ? "complete" : "incomplete",
      clinicId: i % 4 === 0 ? clinicId : null,
      // Ties on purpose: many orders of one minute, and of one day.
      receivedAt: new Date(Date.UTC(2026, 1, 1, 8, Math.floor(i / 6))),
      dueOn: i % 7 === 0 ? null : day(i),
      vendorUpdatedAt: i % 11 === 0 ? null : new Date(Date.UTC(2026, 1, 2, 0, 0, i % 13)),
      patient: i === 42 ? { patientName: "Müller, Søren", caseName: "Søren's Case" } : { caseName: `Case ${i}` },
    })),
  );
  await insertOrders(await makeConnection(other), [{ number: "2000001", patient: { patientName: "Müller" } }]);
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

const list = (query: Record<string, unknown>, who = lab) => listOrders(who, listOrdersQuerySchema.parse(query));

async function walk(query: Record<string, unknown>): Promise<{ items: OrderView[]; totals: Set<number> }> {
  const items: OrderView[] = [];
  const totals = new Set<number>();
  for (let cursor: string | undefined; ; ) {
    const page = await list({ ...query, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    totals.add(page.total);
    if (!page.nextCursor) return { items, totals };
    cursor = page.nextCursor;
  }
}

describe("the inbox", () => {
  it.each(SORTS)("walks every order exactly once, sorted by %s, with dateless orders last", async (sort) => {
    const { items, totals } = await walk({ sort, limit: 10 });
    expect(new Set(items.map((item) => item.id)).size).toBe(137);
    expect(items).toHaveLength(137);
    expect([...totals]).toEqual([137]);
    const keys = items.map((item) => item[sort.replace("-", "") as "number" | "dueOn" | "receivedAt"]);
    const dated = keys.filter((key) => key !== null);
    expect(keys.slice(0, dated.length)).toEqual(dated);
    const sorted = [...dated].sort();
    expect(dated).toEqual(sort.startsWith("-") ? sorted.reverse() : sorted);
  });

  it("by clinic: clinics by name, each newest first, orders of nobody last", async () => {
    const { organisationId } = lab;
    const group = { organisationId, vendor: "meditlink", kind: "clinic" };
    const adler = await database().vendorGroup.create({ data: { ...group, key: "a", name: "Adler" } });
    const moved = await database().order.findMany({
      where: { organisationId, clinicId },
      take: 9,
      orderBy: { id: "asc" },
    });
    const ids = moved.map(({ id }) => id);
    await database().order.updateMany({ where: { id: { in: ids } }, data: { clinicId: adler.id } });
    const { items } = await walk({ sort: "clinic", limit: 4 });
    expect(items.map(({ clinic }) => clinic?.name ?? null)).toEqual([
      ...Array(9).fill("Adler"),
      ...Array(26).fill("Dr. Jeon"),
      ...Array(102).fill(null),
    ]);
    for (const name of ["Adler", "Dr. Jeon", undefined]) {
      const received = items.filter(({ clinic }) => clinic?.name === name).map(({ receivedAt }) => receivedAt);
      expect(received).toEqual([...received].sort().reverse());
    }
    // Only those that the page shows, each of the whole list.
    expect((await list({ sort: "clinic", groups: "true", limit: 30 })).groups).toEqual([
      { key: adler.id, count: 9 },
      { key: clinicId, count: 26 },
    ]);
    expect((await list({ sort: "clinic", groups: "true", limit: 200, status: "pending" })).groups).toContainEqual({
      key: null,
      count: 21,
    });
    await database().order.updateMany({ where: { id: { in: ids } }, data: { clinicId } });
    await database().vendorGroup.delete({ where: { id: adler.id } });
  });

  it("counts the orders of each due day within the filters", async () => {
    for (const query of [{ status: "pending" }, { q: "case" }, { q: "case", status: "pending,accepted" }]) {
      const { items, groups } = await list({ ...query, sort: "dueOn", groups: "true", limit: 200 });
      for (const { key, count } of groups!) expect(items.filter(({ dueOn }) => dueOn === key)).toHaveLength(count);
      expect(groups!.reduce((sum, { count }) => sum + count, 0)).toBe(items.length);
    }
    expect((await list({ sort: "dueOn" })).groups).toBeNull();
    expect((await list({ sort: "number", groups: "true" })).groups).toBeNull();
  });

  it("walks several statuses at once without repeating or leaving out an order", async () => {
    const { items, totals } = await walk({ status: "pending,other", sort: "-dueOn", limit: 7 });
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
    expect([...totals]).toEqual([items.length]);
    expect(new Set(items.map((item) => item.status))).toEqual(new Set(["pending", "other"]));
    expect(items).toHaveLength(55);
  });

  it.each([
    [{ status: ["pending", "pending"] }, (o: OrderView) => o.status === "pending"],
    [{ vendor: "meditlink", completeness: "complete" }, (o: OrderView) => o.completeness === "complete"],
    [{ vendor: "cadmus" }, () => false],
    [{ dueAfter: "2026-03-05", dueBefore: "2026-03-05" }, (o: OrderView) => o.dueOn === "2026-03-05"],
    [{ dueBefore: "2026-03-03" }, (o: OrderView) => o.dueOn !== null && o.dueOn <= "2026-03-03"],
    [{ infoRequest: "none", status: "accepted" }, (o: OrderView) => o.status === "accepted"],
  ])("counts and shows the same orders for %j", async (query, fits) => {
    const everything = (await walk({ limit: 200 })).items;
    const { items, totals } = await walk({ ...query, limit: 9 });
    expect(new Set(items.map((item) => item.id))).toEqual(new Set(everything.filter(fits).map((item) => item.id)));
    expect([...totals]).toEqual([items.length]);
  });

  it("filters by clinic and by connection", async () => {
    expect((await list({ clinic: clinicId })).total).toBe(35);
    expect((await list({ connection: connectionId })).total).toBe(137);
    expect((await list({ clinic: clinicId, limit: 3 })).items.every((item) => item.clinic?.name === "Dr. Jeon")).toBe(
      true,
    );
  });

  it("finds a patient by any word's beginning, however it is written, and never another lab's", async () => {
    for (const q of ["muller", "Søren", "sor mül", "MÜLLER sør"]) {
      const { items, total } = await list({ q });
      expect(items.map((item) => item.patientName)).toEqual(["Müller, Søren"]);
      expect(total).toBe(1);
    }
    expect((await list({ q: "muller anna" })).total).toBe(0);
    expect((await list({ q: "muller" }, other)).items).toHaveLength(1);
    expect((await list({ q: "2000001" })).items.map((item) => item.number)).toEqual(["2000001"]);
  });

  it("refuses a cursor of another list, another sort or nobody's", async () => {
    const { nextCursor } = await list({ limit: 5, status: "pending" });
    for (const query of [
      { cursor: nextCursor, status: "accepted" },
      { cursor: nextCursor, status: "pending", sort: "number" },
      { cursor: nextCursor },
      { cursor: "bm90IGEgY3Vyc29y" },
      { cursor: Buffer.from('{"k":"x","i":"y","f":"z"}').toString("base64url") },
    ])
      await expect(list(query)).rejects.toMatchObject({ code: "invalid_parameter" });
    expect((await list({ cursor: nextCursor, status: "pending", limit: 50 })).items).toHaveLength(23);
  });

  it("shows an organisation nothing of another one", async () => {
    const mine = await list({}, other);
    expect(mine.total).toBe(1);
    expect(mine.items[0]!.actions).toEqual(["accept", "reject"]);
    expect((await list({ clinic: clinicId, connection: connectionId }, other)).items).toEqual([]);
  });
});
