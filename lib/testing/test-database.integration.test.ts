import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyMigrations, pendingMigrations } from "#bin/apply-migrations.ts";
import { database } from "#lib/database/database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

let first: TestDatabase;
let second: TestDatabase;

beforeAll(async () => {
  second = await createTestDatabase();
  first = await createTestDatabase();
});
afterAll(async () => {
  await first.drop();
  await second.drop();
});

test("gives every test file a migrated database of its own", async () => {
  expect(first.url).not.toBe(second.url);
  expect(await pendingMigrations(first.url)).toEqual([]);
  expect(await database().organisation.count()).toBe(0);
});

test("has nothing left to apply, however many processes start at once", async () => {
  const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(second.url)));
  expect(applied).toEqual([[], [], []]);
});

test("stops at a migration that was edited after it had been applied", async () => {
  const client = new pg.Client({ connectionString: second.url });
  await client.connect();
  await client.query(`UPDATE "_prisma_migrations" SET checksum = repeat('0', 64)`);
  await client.end();
  await expect(applyMigrations(second.url)).rejects.toThrow(/was changed after it had been applied/);
});
