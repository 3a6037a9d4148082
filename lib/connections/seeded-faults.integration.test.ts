import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FaultOrder } from "#e2e/sandbox/faults.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import { connectByConsent, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { differences } from "#lib/testing/restless-vendor.ts";
import { createConnection } from "./create-connection.ts";
import { listConnections } from "./list-connections.ts";
import { requestSync } from "./request-sync.ts";
import { syncConnection } from "./sync-connection.ts";

/** Rows of the fault table that a sync meets, with lots drawn: what happens, when, and how often. */

const LAB = "lab@onelab.example";
const ONE_LAB = "T05FTEFCXzE1NDgzODA1Nzk0MzY=";
const CADMUS = "cadmus@onelab.example";
let portal: PortalWithSandbox;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 50 });
});
afterAll(() => portal.close());

type Account = { admin: Principal; id: string; chance: Chance; vendor: "meditlink" | "cadmus" };

const world = () => portal.sandbox.world;
const ordersThere = () => world().ordersOf(ONE_LAB);
const view = async ({ admin }: Account) => (await listConnections(admin)).items[0]!;
const here = ({ id }: Account) => database().order.findMany({ where: { connectionId: id } });
const sync = ({ admin, id }: Account, signal?: AbortSignal) =>
  syncConnection({ organisationId: admin.organisationId, connectionId: id }, signal ? { signal } : {});

async function newAccount(seed: number, vendor: Account["vendor"]): Promise<Account> {
  world().faults.disarm();
  world().live.refreshMode = "lenient";
  const admin = await portal.makeOrganisation(`OneLab ${seed}`);
  const credentials = { email: CADMUS, password: "sandbox" };
  const id =
    vendor === "meditlink"
      ? await connectByConsent(admin, LAB)
      : (await createConnection(admin, { vendor, credentials })).id;
  world().calls.clear();
  return { admin, id, vendor, chance: new Chance(seed) };
}

/** The vendor is quiet again: after one cycle both sides are the same. */
async function expectConvergence(account: Account): Promise<void> {
  world().faults.disarm();
  await requestSync(account.admin, account.id);
  await sync(account);
  expect((await view(account)).problem).toBeNull();
  const rows = await here(account);
  if (account.vendor === "cadmus") {
    const there = [...world().cadmusCases.values()].filter((item) => item.organizationId === 3);
    expect(rows.map((row) => row.number).sort()).toEqual(there.map((item) => String(item.id)).sort());
    return;
  }
  const truth = ordersThere().map(({ number, status, updatedAt, drift }) => ({
    number,
    status: (drift?.status as string | undefined) ?? status,
    updatedAt,
  }));
  expect(differences(truth, rows)).toEqual([]);
}

/** Fewer failures than open the breaker: its minute is the business of lib/vendors/http.test.ts, as are longer pauses. */
function armSome({ chance, vendor }: Account, most: number, fault: () => FaultOrder["fault"]): void {
  for (let n = 1 + chance.below(most); n > 0; n--)
    world().faults.arm({
      vendor: `${vendor}-api`,
      method: "GET",
      probability: 0.05 + chance.next() / 2,
      count: 1,
      seed: chance.below(1e6),
      fault: fault(),
    });
}

/** Calls `at` at a call drawn by lot. */
function atSomeCall(most: number, { chance }: Account, at: () => void): () => void {
  const { calls } = world();
  const add = calls.add.bind(calls);
  let left = 1 + chance.below(most);
  calls.add = (call) => {
    if (--left === 0) at();
    return add(call);
  };
  return () => {
    calls.add = add;
  };
}

const HOSTILE = [
  "<script>alert(1)</script>",
  "\u001b[2J",
  "x\r\nSet-Cookie: a=b",
  "€".repeat(200_000),
  "{}",
  "[]",
  "null",
];
const RETRY_AFTER = ["0", "1", "-5", "soon", "", "Thu, 01 Jan 1970 00:00:00 GMT"];

/** Faults of the wire: whatever the vendor answers, once it answers well again nothing is missing. */
const WIRE: Record<string, (chance: Chance) => FaultOrder["fault"]> = {
  F10: (chance) =>
    chance.next() < 0.3 ? { kind: "reset" } : { kind: "status", status: chance.pick([500, 502, 503, 504]) },
  F12: (chance) => ({ kind: "status", status: 429, headers: { "retry-after": chance.pick(RETRY_AFTER) } }),
  F14: (chance) =>
    chance.next() < 0.4
      ? { kind: "html" }
      : { kind: "malformed", body: chance.pick(HOSTILE), headers: { "content-type": "application/json" } },
  F15: (chance) => ({ kind: chance.pick(["truncate", "malformed", "gzipBomb"] as const) }),
};

describe.each(["meditlink", "cadmus"] as const)("a sync with %s", (vendor) => {
  for (const [row, draw] of Object.entries(WIRE))
    it.each(faultSeeds())(
      `${row}: loses nothing to answers that are none (seed %d)`,
      { timeout: 240_000 },
      async (seed) => {
        const account = await newAccount(seed, vendor);
        armSome(account, row === "F12" ? 1 : 3, () => draw(account.chance));
        await sync(account);
        await sync(account);
        await expectConvergence(account);
      },
    );

  it.each(faultSeeds())(
    "F05: a token that is refused now and then is renewed once, and nothing is missing (seed %d)",
    { timeout: 240_000 },
    async (seed) => {
      const account = await newAccount(seed, vendor);
      world().faults.arm({
        vendor: `${vendor}-api`,
        method: "GET", // Cadmus' sign-in is a POST of the same server: refused there means a wrong password
        probability: 0.05 + account.chance.next() / 4,
        seed: account.chance.below(1e6),
        fault: { kind: "status", status: 401 },
      });
      await sync(account);
      await sync(account);
      expect(world().calls.tokenCallsSince(0).length).toBeLessThanOrEqual(1);
      await expectConvergence(account);
    },
  );

  it.each(faultSeeds())(
    "F27: a run killed at any call leaves no gap behind its cursor (seed %d)",
    { timeout: 240_000 },
    async (seed) => {
      const account = await newAccount(seed, vendor);
      for (let kills = 0; kills < 3; kills++) {
        const cut = new AbortController();
        const undo = atSomeCall(vendor === "cadmus" ? 2 : 60, account, () => cut.abort(new Error("killed")));
        await sync(account, cut.signal).catch(() => {});
        undo();
        const { cursor } = await database().connection.findUniqueOrThrow({ where: { id: account.id } });
        if (!cursor || vendor === "cadmus") continue;
        const numbers = new Set((await here(account)).map((row) => row.number));
        const behind = ordersThere().filter((order) => order.updatedAt <= cursor.getTime());
        expect(behind.filter((order) => !numbers.has(String(order.number)))).toEqual([]);
      }
      await expectConvergence(account);
    },
  );

  it.each(faultSeeds())("F26: many at once are one run (seed %d)", { timeout: 240_000 }, async (seed) => {
    const account = await newAccount(seed, vendor);
    await sync(account);
    const single = world().calls.since(0).length;
    const again = await newAccount(seed + 1_000, vendor);
    const width = 2 + again.chance.below(9);
    await Promise.all(Array.from({ length: width }, () => sync(again)));
    expect(world().calls.since(0).length).toBeLessThanOrEqual(Math.ceil(single * 1.05));
    await expectConvergence(again);
  });
});

it.each(faultSeeds())(
  "F02: a refresh whose answer is lost never leaves half a token behind (seed %d)",
  { timeout: 240_000 },
  async (seed) => {
    const account = await newAccount(seed, "meditlink");
    const { chance, id } = account;
    const mode = chance.pick(["strict", "lenient"] as const);
    world().live.refreshMode = mode;
    await database()
      .$executeRaw`UPDATE connections SET access_expires_at = now() - interval '1 s' WHERE id = ${id}::uuid`;
    const kind = chance.pick(["resetAfterCommit", "statusAfterCommit", "truncate", "html", "reset"] as const);
    world().faults.arm({ vendor: "meditlink-auth", path: "/oauth/token", count: 1, fault: { kind, status: 502 } });
    await sync(account);
    expect(world().calls.tokenCallsSince(0).length).toBeLessThanOrEqual(2);
    if ((await view(account)).state === "reconnect_needed") {
      expect(mode).toBe("strict");
      world().faults.disarm();
      expect(await connectByConsent(account.admin, LAB)).toBe(id);
    }
    // Renewing that failed is not tried again at once.
    await database().$executeRaw`
      UPDATE connections SET lease_until = now() - interval '1 s' WHERE id = ${id}::uuid`;
    await expectConvergence(account);
  },
);

it.each(faultSeeds())(
  "F04: credentials that die in the middle park the work, and signing in again completes it (seed %d)",
  { timeout: 240_000 },
  async (seed) => {
    const account = await newAccount(seed, "meditlink");
    const undo = atSomeCall(45, account, () => {
      for (const token of [...world().accessTokens.values(), ...world().refreshTokens.values()]) token.expiresAt = 0;
    });
    await sync(account);
    undo();
    expect(await view(account)).toMatchObject({ state: "reconnect_needed", problem: "reconnect_needed" });
    expect(await connectByConsent(account.admin, LAB)).toBe(account.id);
    await expectConvergence(account);
  },
);

const DRIFTS: ((chance: Chance) => Record<string, unknown>)[] = [
  (chance) => ({ status: chance.pick(["ON_HOLD", "shipped", "Pending", "???", ""]) }),
  () => ({ someday: { nested: [{ deep: { deeper: null } }] } }),
  (chance) => ({ description: chance.pick([null, 7, ["a"], "\ud800 half", "a\u0000b"]) }),
  (chance) => ({ delivery: chance.pick([null, {}, [null], [{ status: 9 }], "soon"]) }),
];
const BAD_DATES = [
  "+52377-10-31T18:06:40Z",
  "+51036-01-01T00:00:00Z",
  "",
  null,
  "yesterday",
  "0000-00-00T00:00:00Z",
  0,
];

it.each(faultSeeds())(
  "F19, F29: no order is lost to a field that drifts or a date that is none (seed %d)",
  { timeout: 240_000 },
  async (seed) => {
    const account = await newAccount(seed, "meditlink");
    const { chance } = account;
    const changed = Array.from({ length: 12 }, () => chance.pick(ordersThere()));
    for (const order of changed) {
      const dates = { dateDesiredDelivery: chance.pick(BAD_DATES), dateCreated: chance.pick(BAD_DATES) };
      order.drift = chance.next() < 0.5 ? dates : chance.pick(DRIFTS)(chance);
      world().touchOrder(order);
    }
    await sync(account);
    expect((await here(account)).length).toBe(ordersThere().length);
    await expectConvergence(account);
    for (const order of changed) order.drift = null;
  },
);
