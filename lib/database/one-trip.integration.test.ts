import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { askAsOwner, inOneTrip } from "./one-trip.ts";
import type { Statement } from "./trip-query.ts";

let db: TestDatabase;
let lab: Principal;
let other: Principal;

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal();
  other = await makePrincipal();
  await makeConnection(lab);
  await makeConnection(other);
});
afterAll(() => db.drop());

const WHO: Statement = {
  name: "who",
  text: "SELECT current_user::text AS who, txid_current()::text AS tx",
  values: [],
};
const CONNECTIONS: Statement = { name: "all", text: "SELECT organisation_id AS org FROM connections", values: [] };
const FAILS: Statement = { name: "fails", text: "SELECT 1 / $1::int AS x", values: [0] };
const rename = (name: string): Statement => ({
  name: "rename",
  text: "UPDATE connections SET group_key = $1",
  values: [name],
});
type Who = { who: string; tx: string };

it("a trip is one transaction of one organisation, and the next one begins as the owner again", async () => {
  const [before, rows, after] = await inOneTrip<[Who[], { org: string }[], Who[]]>(
    lab.organisationId,
    WHO,
    CONNECTIONS,
    WHO,
  );
  expect(rows).toEqual([{ org: lab.organisationId }]);
  expect([before[0]!.who, after[0]!.who]).toEqual(["casebench_tenant", "casebench_tenant"]);
  expect(before[0]!.tx).toBe(after[0]!.tx);
  const [owner] = await askAsOwner<Who>(WHO);
  expect(owner!.who).not.toBe("casebench_tenant");
  expect(await askAsOwner(CONNECTIONS)).toHaveLength(2);
});

it("trips that leave together do not see each other's organisation, and each gets its own answer", async () => {
  const trips = await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      const organisationId = [lab, other][n % 2]!.organisationId;
      if (n % 5 === 4) return (await askAsOwner(CONNECTIONS)).length;
      const [rows] = await inOneTrip<[{ org: string }[]]>(organisationId, CONNECTIONS);
      return rows.map(({ org }) => org === organisationId);
    }),
  );
  for (const [n, seen] of trips.entries()) expect(seen).toEqual(n % 5 === 4 ? 2 : [true]);
});

it("a statement that fails undoes its trip, and no other's", async () => {
  const good = inOneTrip(lab.organisationId, rename("good"));
  const bad = inOneTrip(other.organisationId, rename("bad"), FAILS);
  const owner = askAsOwner<Who>(WHO);
  await expect(bad).rejects.toThrow(/division by zero/);
  await good;
  expect((await owner)[0]!.who).not.toBe("casebench_tenant");
  const keys = await askAsOwner<{ key: string }>({
    name: "keys",
    text: "SELECT group_key AS key FROM connections",
    values: [],
  });
  expect(keys.filter(({ key }) => key === "good")).toHaveLength(1);
  expect(keys.filter(({ key }) => key === "bad")).toEqual([]);
});

it("a trip beside one that fails does not count on what only that one would have told the connection", async () => {
  const fresh: Statement = { name: "told beside a failure", text: "SELECT 7 AS seven", values: [] };
  const failing = inOneTrip(lab.organisationId, FAILS, fresh);
  const beside = askAsOwner<{ seven: number }>(fresh);
  await expect(failing).rejects.toThrow(/division by zero/);
  expect(await beside).toEqual([{ seven: 7 }]);
});

it("values arrive as they are: lists, quotes, bytes and nothing", async () => {
  const list = ['a"b', "c\\d", "é,f", "{}", ""];
  const [found] = await askAsOwner<{ list: string[]; bytes: Buffer; none: unknown; big: string }>({
    name: "values",
    text: "SELECT $1::text[] AS list, $2::bytea AS bytes, $3::text AS none, $4::bigint::text AS big",
    values: [list, Buffer.from([0, 255]), null, 9007199254740991n],
  });
  expect(found).toEqual({ list, bytes: Buffer.from([0, 255]), none: null, big: "9007199254740991" });
});
