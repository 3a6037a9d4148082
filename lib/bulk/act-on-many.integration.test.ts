import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { newId } from "#lib/database/new-id.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { addPrincipal, insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { actOnMany } from "./act-on-many.ts";
import { bulkBodySchema } from "./bulk-schema.ts";

let db: TestDatabase;
let lab: Principal;
let sent: string[];
let recorded: string[];
let decided: string;

beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  lab = await makePrincipal();
  sent = await insertOrders(await makeConnection(lab), [{ number: "1" }, { number: "2" }]);
  recorded = await insertOrders(await makeConnection(lab, "cadmus"), [{ number: "3" }]);
  [decided] = (await insertOrders(await makeConnection(lab), [{ number: "4", status: "rejected" }])) as [string];
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

const act = (body: object, key: string | null = newId(), who = lab) => actOnMany(who, bulkBodySchema.parse(body), key);
const told = ({ items }: Awaited<ReturnType<typeof act>>) => items.map(({ outcome, code }) => code ?? outcome);

it("a preview says per order what is possible, and does nothing", async () => {
  const foreign = await insertOrders(await makeConnection(await makePrincipal()), [{ number: "9" }]);
  const orderIds = [...sent, ...recorded, decided, ...foreign];
  const answer = await act({ action: "accept", orderIds, preview: true }, null);
  expect(told(answer)).toEqual(["possible", "possible", "possible", "order_already_decided", "not_found"]);
  expect(await database().decision.count({ where: { organisationId: lab.organisationId } })).toBe(0);
});

it("each order is decided for itself: what one cannot, keeps no other from it", async () => {
  const orderIds = [sent[0]!, decided, recorded[0]!, sent[1]!];
  const answer = await act({ action: "reject", orderIds, reason: "scan_quality", note: "blurred" });
  expect(told(answer)).toEqual(["done", "order_already_decided", "done", "done"]);
  expect(answer.items.map(({ decision }) => decision?.state ?? null)).toEqual([
    expect.any(String),
    null,
    "confirmed", // kept here: this vendor takes no decisions
    expect.any(String),
  ]);
  expect(answer.items[0]!.decision).toMatchObject({ kind: "reject", reason: "scan_quality", note: "blurred" });
});

it("sent again with the same key nothing happens twice, and without a key nothing at all", async () => {
  const key = newId();
  const first = await act({ action: "accept", orderIds: sent }, key);
  const again = await act({ action: "accept", orderIds: sent }, key);
  expect(again.items.map(({ decision }) => decision?.id)).toEqual(first.items.map(({ decision }) => decision?.id));
  expect(await database().decision.count({ where: { organisationId: lab.organisationId } })).toBe(2);
  await expect(act({ action: "accept", orderIds: sent }, null)).rejects.toMatchObject({ code: "invalid_parameter" });
});

it("many orders are assigned and tagged at once, beside the tags they have", async () => {
  const colleague = await addPrincipal(lab.organisationId, "lab", "staff");
  await act({ action: "tag", orderIds: [sent[0]!], tags: ["Monday"] }, null);
  const tagged = await act({ action: "tag", orderIds: [...sent, decided], tags: ["Rush"] }, null);
  expect(told(tagged)).toEqual(["done", "done", "done"]);
  await act({ action: "assign", orderIds: sent, assigneeId: colleague.userId }, null);
  const order = await getOrder(lab, sent[0]!);
  expect(order.teamTags.map(({ name }) => name)).toEqual(["Monday", "Rush"]);
  expect(order.assignee?.id).toBe(colleague.userId);
});

it("who may only look acts on none", async () => {
  const viewer = await addPrincipal(lab.organisationId, "lab", "viewer");
  await expect(act({ action: "accept", orderIds: sent }, newId(), viewer)).rejects.toMatchObject({ code: "forbidden" });
});
