import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { budgetOf } from "#lib/connections/hourly-budget.ts";
import { database } from "#lib/database/database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import type { Spending } from "#lib/vendors/vendor-session.ts";

const HOUR = 3_600_000;
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test("F12: over four hours no hour, from whatever moment it is counted, has one call too many", async () => {
  let now = Date.UTC(2026, 2, 1, 8);
  const spend = budgetOf("medisync", "four hours", { call: 30, upload: 5 }, () => new Date(now));
  const made: { at: number; what: Spending }[] = [];
  const end = now + 4 * HOUR;
  for (let n = 0; now < end; n++) {
    const what = n % 4 === 0 ? "upload" : "call";
    const waitMs = await spend(what);
    if (waitMs === 0) made.push({ at: now, what });
    // Comes in bursts, as people do, and waits no longer than it is told to.
    now += waitMs > 0 ? Math.min(waitMs, 17 * 60_000) : n % 9 === 0 ? 70_000 : 900;
  }
  for (const { at } of made) {
    const hour = made.filter((one) => one.at >= at && one.at < at + HOUR);
    expect(hour.length).toBeLessThanOrEqual(30);
    expect(hour.filter(({ what }) => what === "upload").length).toBeLessThanOrEqual(5);
  }
  expect(made.length).toBeGreaterThan(80);
});

test("F12: processes that ask at one moment share one budget", async () => {
  vi.resetModules();
  const other = (await import("#lib/connections/hourly-budget.ts")).budgetOf;
  const limits = { call: 12, upload: 5 };
  const spends = [budgetOf("medisync", "shared", limits), other("medisync", "shared", limits)];
  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => spends[n % 2]!("call")));
  expect(answers.filter((waitMs) => waitMs === 0)).toHaveLength(12);
  for (const waitMs of answers.filter((one) => one > 0)) expect(waitMs).toBeLessThanOrEqual(HOUR + 60_000);
});

test("another account has a budget of its own, and is kept as a hash", async () => {
  await budgetOf("medisync", "doctor@practice.example", { call: 1, upload: 1 })("call");
  expect(await budgetOf("medisync", "other@practice.example", { call: 1, upload: 1 })("call")).toBe(0);
  const rows = await database().vendorBudget.findMany();
  expect(JSON.stringify(rows)).not.toContain("practice.example");
});
