import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { removeMember } from "#lib/access/members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { changeOrder } from "#lib/orders/change-order.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { listOrders } from "#lib/orders/list-orders.ts";
import { listOrdersQuerySchema } from "#lib/orders/order-schema.ts";
import { recordDownload } from "#lib/orders/record-download.ts";
import { listTags } from "#lib/tags/list-tags.ts";
import { addTags } from "#lib/tags/set-tags.ts";
import { addPrincipal, insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { waitsForALock } from "#lib/testing/waits-for-a-lock.ts";

let db: TestDatabase;
let lab: Principal;
let colleague: Principal;
let ids: string[];

beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  lab = await makePrincipal("lab", "admin");
  colleague = await addPrincipal(lab.organisationId, "lab", "technician");
  ids = await insertOrders(await makeConnection(lab), [{ number: "1" }, { number: "2" }, { number: "3" }]);
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

const numbers = async (who: Principal, query: object) => {
  const { items, total } = await listOrders(who, listOrdersQuerySchema.parse(query));
  expect(total).toBe(items.length);
  return items.map(({ number }) => number).sort();
};

it("an order is assigned, found by who works on it, and free again when that member leaves", async () => {
  await changeOrder(lab, ids[0]!, { assigneeId: colleague.userId });
  await changeOrder(lab, ids[1]!, { assigneeId: lab.userId });
  expect((await getOrder(lab, ids[0]!)).assignee).toEqual({ id: colleague.userId, name: colleague.name });
  expect(await numbers(lab, { assignee: "me" })).toEqual(["2"]);
  expect(await numbers(colleague, { assignee: "me" })).toEqual(["1"]);
  expect(await numbers(lab, { assignee: "none" })).toEqual(["3"]);
  expect(await numbers(lab, { assignee: `none,${colleague.userId}` })).toEqual(["1", "3"]);
  await removeMember(lab, colleague.userId);
  expect((await getOrder(lab, ids[0]!)).assignee).toBeNull();
  expect(await numbers(lab, { assignee: "none" })).toEqual(["1", "3"]);
});

it("only a member of the organisation is assigned, and only by who may decide", async () => {
  const stranger = await makePrincipal();
  const foreign = changeOrder(lab, ids[0]!, { assigneeId: stranger.userId });
  await expect(foreign).rejects.toMatchObject({ code: "invalid_body" });
  await expect(changeOrder(stranger, ids[0]!, { tags: ["x"] })).rejects.toMatchObject({ code: "not_found" });
  const viewer = await addPrincipal(lab.organisationId, "lab", "viewer");
  await expect(changeOrder(viewer, ids[0]!, { tags: ["x"] })).rejects.toMatchObject({ code: "forbidden" });
});

it("tags are one however they are typed, filter the inbox, are sealed, and go with their last order", async () => {
  await changeOrder(lab, ids[0]!, { tags: ["Frau Kirschbaum", "Rush"] });
  await changeOrder(lab, ids[1]!, { tags: ["  rush "] });
  const { items } = await listTags(lab);
  expect(items.map(({ name }) => name)).toEqual(["Frau Kirschbaum", "Rush"]);
  const rush = items[1]!.id;
  expect(await numbers(lab, { tag: rush })).toEqual(["1", "2"]);
  expect(await numbers(lab, { tag: rush, assignee: "none" })).toEqual(["1", "2"]);
  expect((await getOrder(lab, ids[1]!)).teamTags).toEqual([{ id: rush, name: "Rush" }]);
  const rows = await database().tag.findMany({ where: { organisationId: lab.organisationId } });
  expect(rows.map(({ nameSealed }) => Buffer.from(nameSealed).toString("latin1")).join()).not.toMatch(/kirsch|rush/i);
  await changeOrder(lab, ids[0]!, { tags: [] });
  expect((await listTags(lab)).items.map(({ name }) => name)).toEqual(["Rush"]);
  await changeOrder(lab, ids[1]!, { tags: [] });
  expect((await listTags(lab)).items).toEqual([]);
});

it("two who tag at once leave both orders tagged", async () => {
  await changeOrder(lab, ids[2]!, { tags: ["Rush"] });
  await Promise.all([
    changeOrder(lab, ids[0]!, { tags: ["Rush"] }),
    changeOrder(colleague, ids[1]!, { tags: ["rush"] }),
    changeOrder(lab, ids[2]!, { tags: [] }),
  ]);
  const [tag] = (await listTags(lab)).items;
  expect(await numbers(lab, { tag: tag!.id })).toEqual(["1", "2"]);
});

it("a tag that is taken from its last order while another is being given it stays", async () => {
  const { organisationId } = lab;
  await changeOrder(lab, ids[0]!, { tags: [] });
  await changeOrder(lab, ids[1]!, { tags: [] });
  await changeOrder(lab, ids[2]!, { tags: ["Rush"] });
  let taken: Promise<unknown> | undefined;
  await withOrganisation(organisationId, async (tx) => {
    await addTags(tx, organisationId, ids[0]!, ["Rush"]);
    taken = changeOrder(colleague, ids[2]!, { tags: [] });
    await expect.poll(waitsForALock).toBe(true);
  });
  await taken;
  const [tag] = (await listTags(lab)).items;
  expect(await numbers(lab, { tag: tag!.id })).toEqual(["1"]);
});

it("a change after the acceptance is shown until it was seen, or the files were taken", async () => {
  await database().order.updateMany({
    where: { id: { in: ids } },
    data: { status: "accepted", changedAt: new Date("2026-03-10T08:00:00Z") },
  });
  expect((await getOrder(lab, ids[0]!)).changedAt).toBe("2026-03-10T08:00:00.000Z");
  await changeOrder(lab, ids[0]!, { changeSeen: true });
  await withOrganisation(lab.organisationId, (tx) => recordDownload(tx, lab, ids[1]!, {}));
  expect(await numbers(lab, { view: "changed_after_acceptance" })).toEqual(["3"]);
});
