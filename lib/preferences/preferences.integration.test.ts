import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { addPrincipal, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { changePreferences } from "./change-preferences.ts";
import { DEFAULT_PREFERENCES } from "./default-preferences.ts";
import { readPreferences } from "./read-preferences.ts";

let db: TestDatabase;
let member: Principal;
let colleague: Principal;

beforeAll(async () => {
  db = await createTestDatabase();
  member = await makePrincipal();
  colleague = await addPrincipal(member.organisationId, "lab", "viewer");
});
afterAll(() => db.drop());

it("a member who changed nothing has what everybody has", async () => {
  expect(await readPreferences(member)).toEqual(DEFAULT_PREFERENCES);
});

it("a change leaves the rest alone, and is this member's only", async () => {
  await changePreferences(member, { density: "compact", shortcuts: { acceptOrder: "y" } });
  const changed = await changePreferences(member, { columns: ["number", "due"] });
  expect(changed).toEqual({
    ...DEFAULT_PREFERENCES,
    density: "compact",
    columns: ["number", "due"],
    shortcuts: { acceptOrder: "y" },
  });
  expect(await readPreferences(member)).toEqual(changed);
  expect(await readPreferences(colleague)).toEqual(DEFAULT_PREFERENCES);
});

it("what is changed at the same moment from two pages is kept from both", async () => {
  const both = await makePrincipal();
  await Promise.all([
    changePreferences(both, { density: "compact" }),
    changePreferences(both, { grouping: "due" }),
    changePreferences(both, { columns: ["number"] }),
  ]);
  expect(await readPreferences(both)).toMatchObject({ density: "compact", grouping: "due", columns: ["number"] });
});

it("two keys that would mean two things are refused", async () => {
  const change = changePreferences(member, { shortcuts: { acceptOrder: "j" } });
  await expect(change).rejects.toMatchObject({ code: "invalid_body" });
  const swapped = await changePreferences(member, { shortcuts: { nextOrder: "k", previousOrder: "j" } });
  expect(swapped.shortcuts).toEqual({ nextOrder: "k", previousOrder: "j" });
});

it("what an older version stored does not hide the rest", async () => {
  const { organisationId, userId } = colleague;
  const preferences = { density: "huge", grouping: "clinic", shortcuts: { flyAway: "f", acceptOrder: "y" } };
  await database().memberPreferences.create({ data: { organisationId, userId, preferences } });
  expect(await readPreferences(colleague)).toEqual({
    ...DEFAULT_PREFERENCES,
    grouping: "clinic",
    shortcuts: { acceptOrder: "y" },
  });
});

it("no other organisation reads them, and they go with the membership", async () => {
  const stranger = await makePrincipal();
  expect(await withOrganisation(stranger.organisationId, (tx) => tx.memberPreferences.count())).toBe(0);
  const { organisationId, userId } = member;
  await database().member.delete({ where: { organisationId_userId: { organisationId, userId } } });
  expect(await database().memberPreferences.count({ where: { userId } })).toBe(0);
});
