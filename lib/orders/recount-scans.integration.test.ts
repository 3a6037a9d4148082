import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { insertOrders, insertScan, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { waitsForALock } from "#lib/testing/waits-for-a-lock.ts";
import { recountScans } from "./recount-scans.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

it("scans that become ready in one moment are all counted", async () => {
  const lab = await makePrincipal();
  const { organisationId } = lab;
  const [orderId] = await insertOrders(await makeConnection(lab), [{}]);
  const scans = [await insertScan(organisationId, orderId!), await insertScan(organisationId, orderId!)];
  const becomesReady = ({ scanId }: { scanId: string }, beforeCommit: () => Promise<void> = async () => {}) =>
    withOrganisation(organisationId, async (tx) => {
      await tx.scan.update({ where: { id: scanId, organisationId }, data: { state: "ready" } });
      await recountScans(tx, organisationId, [orderId!]);
      await beforeCommit();
    });
  let second: Promise<void> | undefined;
  await becomesReady(scans[0]!, async () => {
    second = becomesReady(scans[1]!);
    await expect.poll(waitsForALock).toBe(true);
  });
  await second;
  const { scansReady } = await database().order.findUniqueOrThrow({ where: { id: orderId! } });
  expect(scansReady).toBe(2);
});
