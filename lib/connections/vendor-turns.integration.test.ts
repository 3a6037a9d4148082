import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { turnsOf } from "#lib/connections/vendor-turns.ts";
import { database } from "#lib/database/database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

/** A call that takes 30 ms, and when it began and ended. */
function callsOf(inTurn: ReturnType<typeof turnsOf>, log: { from: number; to: number }[]) {
  return () =>
    inTurn(async () => {
      const from = performance.now();
      await sleep(30);
      log.push({ from, to: performance.now() });
    });
}

test("F12: whoever calls with a key, calls come one by one with the whole pause between them", async () => {
  const log: { from: number; to: number }[] = [];
  const call = callsOf(turnsOf("open-dental", "key 1", 150), log);
  await Promise.all(Array.from({ length: 8 }, call));
  const gaps = log.slice(1).map(({ from }, index) => from - log[index]!.to);
  expect(gaps).toHaveLength(7);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(149);
});

test("F12: another process that holds the key is waited for", async () => {
  const inTurn = turnsOf("open-dental", "key 2", 50);
  await inTurn(async () => {});
  await database()
    .$executeRaw`UPDATE vendor_turns SET holder = 'another process', free_at = now() + interval '400 milliseconds'`;
  const began = performance.now();
  await inTurn(async () => {});
  expect(performance.now() - began).toBeGreaterThan(380);
});

test("F12: two processes that share nothing but the database keep one pace", async () => {
  vi.resetModules();
  const other = (await import("#lib/connections/vendor-turns.ts")).turnsOf;
  expect(other).not.toBe(turnsOf);
  const log: { from: number; to: number }[] = [];
  const calls = [turnsOf, other].map((turns) => callsOf(turns("open-dental", "key 5", 150), log));
  await Promise.all([0, 1, 0, 1, 0, 1].map((which) => calls[which]!()));
  log.sort((a, b) => a.from - b.from);
  const gaps = log.slice(1).map(({ from }, index) => from - log[index]!.to);
  expect(gaps).toHaveLength(5);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(149);
});

test("a call that fails gives its turn back, and keeps the pause; another key is not held up", async () => {
  const inTurn = turnsOf("open-dental", "key 3", 300);
  const failing = inTurn(() => Promise.reject(new Error("refused")));
  await expect(failing).rejects.toThrow("refused");
  const began = performance.now();
  await turnsOf("open-dental", "key 4", 300)(async () => {});
  expect(performance.now() - began).toBeLessThan(200);
  await inTurn(async () => {});
  expect(performance.now() - began).toBeGreaterThan(250);
});

test("the key itself is not kept", async () => {
  await turnsOf("open-dental", "a customer key", 1)(async () => {});
  expect(JSON.stringify(await database().vendorTurn.findMany())).not.toContain("customer");
});
