import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { closeDatabase } from "./database.ts";
import { askAsOwner } from "./one-trip.ts";
import { withOrganisation } from "./with-organisation.ts";

let db: TestDatabase;
let lab: Principal;
beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal();
});
afterAll(() => db.drop());

/** As a process does that loads itself: nothing of its own runs meanwhile, longer than connecting may take. */
const standStill = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5_300);

const WAYS: Record<string, () => Promise<unknown>> = {
  "a transaction": () => withOrganisation(lab.organisationId, (tx) => tx.$queryRaw`SELECT 1 AS one`),
  "a trip": () => askAsOwner({ name: "one", text: "SELECT 1 AS one", values: [] }),
};
it.each(Object.entries(WAYS))(
  "F52: a process that stands still while %s connects does not fail with it",
  async (_, ask) => {
    await closeDatabase();
    const answer = ask();
    await setImmediate();
    standStill();
    expect(await answer).toEqual([{ one: 1 }]);
  },
);

it("a transaction that has begun is not begun twice", async () => {
  let begun = 0;
  const failing = withOrganisation(lab.organisationId, async () => {
    begun++;
    throw new Error("Unable to start a transaction in the given time.");
  });
  await expect(failing).rejects.toThrow("Unable to start");
  expect(begun).toBe(1);
});
