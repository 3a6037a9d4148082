import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import type { Clock } from "#lib/clock.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { closeQueue, enqueueAll } from "#lib/jobs/queue.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { listScans } from "#lib/scans/get-scan.ts";
import { insertOrders, insertScan, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

let db: TestDatabase;
let lab: Principal;
let connection: Awaited<ReturnType<typeof makeConnection>>;

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal();
  connection = await makeConnection(lab);
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});
beforeEach(() => database().$executeRaw`DELETE FROM jobs.job`);

const jobs = async () =>
  (await database().$queryRaw<{ name: string }[]>`SELECT name FROM jobs.job ORDER BY name`).map((job) => job.name);
const at = (ms: number): Clock => ({ now: () => new Date(Date.UTC(2026, 2, 1) + ms) });
const later = (ms: number): Clock => ({ now: () => new Date(Date.now() + ms) });
const looks = (orderId: string) =>
  database().auditEntry.count({ where: { action: "order.opened", subjectId: orderId, actorId: lab.userId } });

it("opening an order wakes what is missing of it, ahead of everything that waits", async () => {
  const [id] = await insertOrders(connection, [{ number: "10", detailFetchedAt: null }]);
  const { scanId } = await insertScan(lab.organisationId, id!);
  expect(await getOrder(lab, id!, at(0))).toMatchObject({ detailHere: false, files: [{ scanId, state: "listed" }] });
  expect(await jobs()).toEqual(["fetch-scan", "refresh-order"]);
  await getOrder(lab, id!, at(1));
  expect(await jobs()).toEqual(["fetch-scan", "refresh-order"]);
});

it("whoever looks at an order's scans waits for them: they go before those that wait their turn, the last look first", async () => {
  const [id, other] = await insertOrders(connection, [{ number: "15" }, { number: "16" }]);
  const { organisationId } = lab;
  const { scanId } = await insertScan(organisationId, id!);
  const { scanId: theirs } = await insertScan(organisationId, other!);
  await withOrganisation(organisationId, (tx) =>
    enqueueAll(tx, "fetch-scan", [{ payload: { organisationId, scanId }, priority: 1 }]),
  );
  const waiting = async () =>
    (
      await database().$queryRaw<{ scan: string }[]>`
        SELECT data->>'scanId' AS scan FROM jobs.job WHERE name = 'fetch-scan' ORDER BY priority DESC`
    ).map((job) => job.scan);
  for (let i = 0; i < 2; i++)
    expect((await listScans(lab, id!, at(0))).items).toMatchObject([{ id: scanId, state: "waiting" }]);
  expect(await waiting()).toEqual([scanId, scanId]);
  await getOrder(lab, other!, at(20_000));
  expect(await waiting()).toEqual([theirs, scanId, scanId]);
  await listScans(lab, id!, at(40_000));
  expect((await waiting())[0]).toBe(scanId);
});

it("an order that was read a moment ago is not read again, one of more than a minute ago is, in the background", async () => {
  const [id] = await insertOrders(connection, [{ number: "11" }]);
  await getOrder(lab, id!);
  expect(await jobs()).toEqual([]);
  await getOrder(lab, id!, later(61_000));
  expect(await jobs()).toEqual(["refresh-order"]);
});

it("nothing is asked of an account that has to be connected again; what is here stays readable", async () => {
  const [id] = await insertOrders(connection, [
    { number: "12", detailFetchedAt: null, patient: { patientName: "Ada" } },
  ]);
  await database().connection.update({ where: { id: connection.id }, data: { state: "reconnect_needed" } });
  const order = await getOrder(lab, id!);
  expect(order).toMatchObject({ patientName: "Ada", actions: [], unavailable: { accept: "reconnect_needed" } });
  expect(await jobs()).toEqual([]);
  await database().connection.update({ where: { id: connection.id }, data: { state: "connected" } });
});

it("each look is in the audit trail once, however often the page asks", async () => {
  const [id] = await insertOrders(connection, [{ number: "13" }]);
  for (let i = 0; i < 3; i++) await getOrder(lab, id!);
  expect(await looks(id!)).toBe(1);
  await getOrder(lab, id!, later(11 * 60_000));
  expect(await looks(id!)).toBe(2);
});

it("shows unknown codes as the vendor wrote them", async () => {
  const [id] = await insertOrders(connection, [{ number: "14", status: "other", vendorStatus: "ON_HOLD_7" }]);
  expect(await getOrder(lab, id!)).toMatchObject({
    status: "other",
    vendorStatus: "ON_HOLD_7",
    actions: [],
    unavailable: { accept: "order_already_decided", reject: "order_already_decided" },
  });
});
