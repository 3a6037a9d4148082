import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { listOrders } from "#lib/orders/list-orders.ts";
import { listOrdersQuerySchema } from "#lib/orders/order-schema.ts";
import { recordDownload } from "#lib/orders/record-download.ts";
import { insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { listViews } from "./list-views.ts";
import { VIEWS, type ViewName } from "./view-names.ts";

let db: TestDatabase;
let lab: Principal;
/** In Seoul it is already the 11th, in Greenwich still the 10th. */
const clock = { now: () => new Date("2026-03-10T16:30:00Z") };
const earlier = new Date("2026-02-01T08:00:00Z");

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal();
  await database().organisation.update({ where: { id: lab.organisationId }, data: { timeZone: "Asia/Seoul" } });
  const order = (number: string, given: Record<string, unknown>) => ({
    number,
    status: "pending",
    receivedAt: earlier,
    dueOn: null,
    ...given,
  });
  await insertOrders(await makeConnection(lab), [
    order("1", { receivedAt: new Date("2026-03-10T15:00:00Z") }), // midnight in Seoul
    order("2", { receivedAt: new Date("2026-03-10T14:59:59Z") }), // yesterday there
    order("3", {}),
    order("4", { status: "cancelled" }),
    order("5", { dueOn: "2026-03-10" }),
    order("6", { dueOn: "2026-03-11" }),
    order("7", { dueOn: "2026-03-13", status: "in_production" }),
    order("8", { dueOn: "2026-03-14" }),
    order("9", { dueOn: "2026-03-10", status: "completed" }),
    order("10", { status: "accepted" }),
    order("11", { status: "accepted" }),
    order("12", { status: "rejected" }),
  ]);
  await database().order.updateMany({ where: { number: { in: ["3", "4"] } }, data: { infoRequest: "requested" } });
  await database().order.updateMany({
    where: { organisationId: lab.organisationId, number: { in: ["7", "9"] } },
    data: { changedAt: earlier },
  });
  await database().order.updateMany({
    where: { organisationId: lab.organisationId, number: { in: ["9", "10"] } },
    data: { assigneeId: lab.userId },
  });
  // Until tomorrow there, and until today: that one is back.
  for (const [number, day] of [
    ["2", "2026-03-12"],
    ["8", "2026-03-11"],
  ] as const)
    await database().order.updateMany({
      where: { organisationId: lab.organisationId, number },
      data: { holdUntil: new Date(`${day}T00:00:00Z`), holdReason: "other.other" },
    });
  const taken = await database().order.findFirstOrThrow({
    where: { organisationId: lab.organisationId, number: "11" },
  });
  await withOrganisation(lab.organisationId, (tx) => recordDownload(tx, lab, taken.id, {}));
  await insertOrders(await makeConnection(await makePrincipal()), [order("1", { dueOn: "2026-01-01" })]);
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

const MEMBERS: Record<ViewName, string[]> = {
  new_today: ["1"],
  needs_information: ["3"],
  due_soon: ["6", "7"],
  late: ["5"],
  accepted_not_downloaded: ["10"],
  changed_after_acceptance: ["7"],
  mine: ["10"],
  on_hold: ["2"],
  closed: ["12", "4"],
};

it.each(VIEWS)("the view %s lists its orders by the organisation's own day, and counts as many", async (view) => {
  const { items, total } = await listOrders(lab, listOrdersQuerySchema.parse({ view }), clock);
  expect(items.map(({ number }) => number).sort()).toEqual(MEMBERS[view]);
  expect(total).toBe(MEMBERS[view].length);
  const counts = await listViews(lab, clock);
  expect(counts.items.find(({ name }) => name === view)?.count).toBe(MEMBERS[view].length);
});

it("filters narrow a view, and a page of it continues", async () => {
  const late = await listOrders(lab, listOrdersQuerySchema.parse({ view: "closed", status: "rejected" }), clock);
  expect(late.items.map(({ number }) => number)).toEqual(["12"]);
  const first = await listOrders(lab, listOrdersQuerySchema.parse({ view: "closed", limit: 1 }), clock);
  const next = listOrdersQuerySchema.parse({ view: "closed", limit: 1, cursor: first.nextCursor });
  const second = await listOrders(lab, next, clock);
  expect([...first.items, ...second.items].map(({ number }) => number).sort()).toEqual(["12", "4"]);
  expect(second.nextCursor).toBeNull();
});

it("an organisation without orders has every view, empty", async () => {
  const { items } = await listViews(await makePrincipal(), clock);
  expect(items).toEqual(VIEWS.map((name) => ({ name, count: 0 })));
});
