import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { purgeExpired } from "#lib/connections/purge-expired.ts";
import { database } from "#lib/database/database.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { insertOrders, insertScan, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { removeOrphans } from "./remove-orphans.ts";

const DAY = 86_400_000;
let db: TestDatabase;
let lab: Principal;

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal();
});
afterAll(() => db.drop());

const keep = async () => (await objectStore().putStream(Readable.from([randomUUID()]))).sha256;
const isHere = (sha256: string) => objectStore().has(sha256);

it("objects that no row names are removed once they are older than a day, all others stay", async () => {
  const [orderId] = await insertOrders(await makeConnection(lab), [{}]);
  const { fileId, scanId } = await insertScan(lab.organisationId, orderId!);
  const named = await Promise.all(Array.from({ length: 6 }, keep));
  const [sha256, lowSha256, fullSha256, lowGzipSha256, fullGzipSha256, originalSha256] = named;
  await database().scan.update({
    where: { id: scanId },
    data: { sha256, lowSha256, fullSha256, lowGzipSha256, fullGzipSha256 },
  });
  await database().orderFile.update({ where: { id: fileId }, data: { originalSha256 } });
  const orphans = await Promise.all([keep(), keep()]);

  expect(await removeOrphans(objectStore(), Date.now() + DAY - 60_000)).toBe(0);
  expect(await Promise.all([...named, ...orphans].map(isHere))).not.toContain(false);
  expect(await removeOrphans(objectStore(), Date.now() + DAY + 60_000)).toBe(2);
  expect(await Promise.all(named.map(isHere))).not.toContain(false);
  expect(await Promise.all(orphans.map(isHere))).toEqual([false, false]);

  await database().order.delete({ where: { id: orderId } });
  expect(await removeOrphans(objectStore(), Date.now() + DAY + 60_000)).toBe(6);
});

it("sessions, one-time tokens and counted attempts are forgotten a day after they ended, not before", async () => {
  const session = (expiresAt: Date, revokedAt: Date | null = null) =>
    database().session.create({ data: { userId: lab.userId, expiresAt, revokedAt } });
  const at = (days: number) => new Date(Date.now() + days * DAY);
  const live = await session(at(1));
  const lately = await session(at(-0.5));
  await session(at(-2));
  await session(at(1), at(-2));
  const token = (expiresAt: Date) =>
    database().oneTimeToken.create({ data: { hash: Buffer.from(randomUUID()), purpose: "set_up", expiresAt } });
  await token(at(-2));
  await token(at(1));
  await database().rateLimit.createMany({
    data: [
      { key: "old", points: 1, expire: at(-2) },
      { key: "new", points: 1, expire: at(1) },
    ],
  });
  await purgeExpired(new Date());
  const left = await database().session.findMany({ where: { userId: lab.userId } });
  expect(left.map((row) => row.id).sort()).toEqual([live.id, lately.id].sort());
  expect(await database().oneTimeToken.count()).toBe(1);
  expect((await database().rateLimit.findMany()).map((row) => row.key)).toEqual(["new"]);
});
