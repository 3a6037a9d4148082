import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import type { Clock } from "#lib/clock.ts";
import { database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { listOrders } from "#lib/orders/list-orders.ts";
import { listOrdersQuerySchema } from "#lib/orders/order-schema.ts";
import { addReason, changeReason } from "#lib/reasons/change-reasons.ts";
import { listReasons } from "#lib/reasons/list-reasons.ts";
import { insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { holdOrder, releaseOrder } from "./hold-order.ts";

let db: TestDatabase;
let lab: Principal;
let orderId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal("lab", "admin");
  [orderId] = (await insertOrders(await makeConnection(lab), [{ number: "1" }, { number: "2" }])) as [string];
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

const dayAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const onHold = async (clock?: Clock) =>
  (await listOrders(lab, listOrdersQuerySchema.parse({ view: "on_hold" }), clock)).items.map(({ id }) => id);

it("an order put aside has its own view until its day, and comes back by itself", async () => {
  const until = dayAhead(3);
  await holdOrder(lab, orderId, { reason: "missing_scan.bite", note: "Ada calls back", until });
  expect((await getOrder(lab, orderId)).hold).toEqual({
    until,
    reason: "missing_scan.bite",
    note: "Ada calls back",
    by: { id: lab.userId, name: lab.name },
  });
  expect(await onHold()).toEqual([orderId]);
  expect(await onHold({ now: () => new Date(Date.now() + 4 * 86_400_000) })).toEqual([]);
  const row = await database().order.findUniqueOrThrow({ where: { id: orderId } });
  expect(Buffer.from(row.holdNoteSealed!).includes("Ada")).toBe(false);
  await releaseOrder(lab, orderId);
  expect((await getOrder(lab, orderId)).hold).toBeNull();
  await expect(releaseOrder(lab, orderId)).rejects.toMatchObject({ code: "not_found" });
});

it("a day that is not ahead, or a reason nobody has, is refused", async () => {
  const hold = (reason: string, until: string) => holdOrder(lab, orderId, { reason, until });
  await expect(hold("missing_scan.bite", dayAhead(-1))).rejects.toMatchObject({ code: "invalid_body" });
  await expect(hold("missing_scan.bite", dayAhead(500))).rejects.toMatchObject({ code: "invalid_body" });
  await expect(hold("because", dayAhead(2))).rejects.toMatchObject({ code: "invalid_body" });
});

it("an organisation names reasons its own way, switches them off and adds its own; codes stay", async () => {
  const own = await addReason(lab, { group: "commercial", label: "Über dem Limit" });
  expect(own.code).toMatch(/^own\./);
  await changeReason(lab, "missing_scan.bite", { label: "No bite", off: true });
  const { items } = await listReasons(lab);
  expect(items.find(({ code }) => code === "missing_scan.bite")).toMatchObject({ label: "No bite", off: true });
  expect(items.find(({ code }) => code === own.code)).toMatchObject({ group: "commercial", builtIn: false });
  await changeReason(lab, "missing_scan.bite", { label: null, off: false });
  const german = (await listReasons({ ...lab, locale: "de" })).items;
  expect(german.find(({ code }) => code === "missing_scan.bite")).toMatchObject({ label: "Biss fehlt", off: false });
  await holdOrder(lab, orderId, { reason: own.code, until: dayAhead(1) });
  await changeReason(lab, own.code, { off: true });
  expect((await getOrder(lab, orderId)).hold?.reason).toBe(own.code);
});

it("a clinic does not put its own order aside: its work lies with the lab", async () => {
  const clinic = await makePrincipal("clinic", "admin");
  const [own] = await insertOrders(await makeConnection(clinic), [{ number: "3" }]);
  const hold = holdOrder(clinic, own!, { reason: "other.other", until: dayAhead(2) });
  await expect(hold).rejects.toMatchObject({ code: "forbidden" });
  expect((await getOrder(clinic, own!)).hold).toBeNull();
});

it("nobody puts another organisation's order aside, nor knows its reasons; a technician changes none", async () => {
  const stranger = await makePrincipal("lab", "admin");
  const hold = holdOrder(stranger, orderId, { reason: "other.other", until: dayAhead(2) });
  await expect(hold).rejects.toMatchObject({ code: "not_found" });
  expect((await listReasons(stranger)).items.every(({ builtIn }) => builtIn)).toBe(true);
  const [own] = (await listReasons(lab)).items.filter(({ builtIn }) => !builtIn);
  await expect(changeReason(stranger, own!.code, { off: true })).rejects.toMatchObject({ code: "not_found" });
  const add = addReason({ ...lab, role: "technician" }, { group: "other", label: "x" });
  await expect(add).rejects.toMatchObject({ code: "forbidden" });
});
