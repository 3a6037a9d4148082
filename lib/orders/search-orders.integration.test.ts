import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { MOST_HITS } from "#lib/orders/found-orders.ts";
import { listOrders } from "#lib/orders/list-orders.ts";
import { listOrdersQuerySchema } from "#lib/orders/order-schema.ts";
import { SORTS } from "#lib/orders/order-values.ts";
import { tokensForQuery } from "#lib/orders/search-tokens.ts";
import { insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

/** A lab where many orders hold one text: "Tanaka" is every fifth of the newest, "Okafor" stands in the oldest alone. */
const NEW = 6_000;
const OLD = 1_100;
let db: TestDatabase;
let lab: Principal;

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal();
  const connection = await makeConnection(lab);
  await insertOrders(
    connection,
    Array.from({ length: NEW + OLD }, (_, i) => ({
      number: `N${String(i).padStart(4, "0")}`,
      status: i % 10 === 0 ? "pending" : "completed",
      receivedAt: new Date(Date.UTC(2026, 4, 1) - i * 60_000),
      dueOn: new Date(Date.UTC(2026, 4, 10) - i * 3_600_000).toISOString().slice(0, 10),
      patient: { patientName: i >= NEW ? "Okafor" : i % 5 === 0 ? "Tanaka" : "Novak" },
    })),
  );
  // The tenth Novak is hidden behind the first order, which is then found by both names.
  const [first, hidden] = await database().order.findMany({
    where: { number: { in: ["N0000", "N0012"] } },
    orderBy: { number: "asc" },
  });
  await database().order.update({ where: { id: hidden!.id }, data: { twinOfId: first!.id } });
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

const list = (query: Record<string, unknown>) => listOrders(lab, listOrdersQuerySchema.parse(query));

async function numbers(query: Record<string, unknown>): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await list({ ...query, ...(cursor ? { cursor } : {}) });
    found.push(...page.items.map(({ number }) => number));
    if (!page.nextCursor) return found;
    cursor = page.nextCursor;
  }
}

const of = (...wanted: ((i: number) => boolean)[]) =>
  Array.from({ length: NEW + OLD }, (_, i) => i)
    .filter((i) => wanted.every((fits) => fits(i)))
    .map((i) => `N${String(i).padStart(4, "0")}`);
const isTanaka = (i: number) => i < NEW && i % 5 === 0;
const isNovak = (i: number) => (i < NEW && i % 5 !== 0 && i !== 12) || i === 0;

it.each(SORTS)("a text of many orders is walked to its end, sorted by %s, each order once", async (sort) => {
  const found = await numbers({ q: "tanaka", sort, limit: 200 });
  expect([...found].sort()).toEqual(of(isTanaka));
  if (sort === "number" || sort === "-receivedAt") expect(found).toEqual(of(isTanaka));
});

it("says that it has not counted to the end, and no more than it knows", async () => {
  expect(await list({ q: "tanaka" })).toMatchObject({ total: MOST_HITS, totalIsMinimum: true, groups: null });
  expect(await list({ q: "tanaka", sort: "dueOn", groups: "true" })).toMatchObject({ groups: null });
  const pending = await list({ q: "tanaka", status: "pending" });
  expect(pending.totalIsMinimum).toBe(true);
  expect(pending.total).toBeGreaterThanOrEqual(50);
  expect(pending.total).toBeLessThanOrEqual(of(isTanaka, (i) => i % 10 === 0).length);
  expect(await numbers({ q: "tanaka", status: "pending", limit: 200 })).toEqual(of(isTanaka, (i) => i % 10 === 0));
});

it("knows a word of thousands from some of them, and reads all where all are asked for", async () => {
  const tokens = tokensForQuery(lab.organisationId, "novak");
  const [some, all] = await withOrganisation(lab.organisationId, async (tx) => [
    await tx.$queryRaw`SELECT count(DISTINCT id)::int AS n, max(hits) AS hits FROM orders_searched(${tokens}::bigint[], ${MOST_HITS}::int)`,
    await tx.$queryRaw`SELECT count(DISTINCT id)::int AS n FROM orders_searched(${tokens}::bigint[], NULL)`,
  ]);
  expect(some).toEqual([{ n: MOST_HITS, hits: MOST_HITS }]);
  expect(all).toEqual([{ n: of(isNovak).length }]);
});

it("finds what only the oldest hold, and counts it", async () => {
  const { items, total, totalIsMinimum } = await list({ q: "okafor", limit: 3 });
  expect(items.map(({ number }) => number)).toEqual(["N6000", "N6001", "N6002"]);
  expect({ total, totalIsMinimum }).toEqual({ total: OLD, totalIsMinimum: false });
});

it("finds an order by what is in the row it hides", async () => {
  expect((await numbers({ q: "novak", limit: 200 })).sort()).toEqual(of(isNovak));
  expect((await list({ q: "novak", limit: 2 })).items.map(({ number }) => number)).toEqual(["N0000", "N0001"]);
  expect(await numbers({ q: "N0012" })).toEqual(["N0000"]);
});

it("finds nothing where nothing fits the filters", async () => {
  expect(await list({ q: "tanaka", status: "rejected" })).toMatchObject({ items: [], total: 0, totalIsMinimum: false });
});
