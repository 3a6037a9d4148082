import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";
import { insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { recordDownload } from "./record-download.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

it("F52: files that are taken away through the version before, which writes the history alone, count as taken away", async () => {
  const lab = await makePrincipal();
  const { organisationId } = lab;
  const [orderId = "", another = ""] = await insertOrders(await makeConnection(lab), [{}, {}]);
  const downloadedAt = async (id: string) => (await database().order.findUniqueOrThrow({ where: { id } })).downloadedAt;
  await withOrganisation(organisationId, async (tx) => {
    await recordOrderEvent(tx, { organisationId, orderId, kind: "downloaded", actorId: lab.userId, facts: {} });
    await recordOrderEvent(tx, { organisationId, orderId: another, kind: "order_arrived", facts: {} });
  });
  const first = await downloadedAt(orderId);
  expect(first).not.toBeNull();
  expect(await downloadedAt(another)).toBeNull();
  await withOrganisation(organisationId, (tx) => recordDownload(tx, lab, orderId, { what: "scan" }));
  expect(await downloadedAt(orderId), "the first time stays").toEqual(first);
});
