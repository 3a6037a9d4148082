import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import {
  connectByConsent,
  type PortalWithSandbox,
  startPortalWithSandbox,
  walkConsent,
} from "#lib/testing/portal-with-sandbox.ts";
import { finishConnection } from "./finish-connection.ts";
import { listConnections } from "./list-connections.ts";
import { startConnection } from "./start-connection.ts";
import { withSession } from "./with-session.ts";

/** Rows of the fault table about signing in, with lots drawn. */

const LAB = "lab@onelab.example";
/** The time that really is, whatever this machine's clock says. */
const truly = () => performance.timeOrigin + performance.now();
let portal: PortalWithSandbox;
let stranger: Principal;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 1, now: truly });
  stranger = await portal.makeOrganisation("Stranger");
});
afterAll(() => portal.close());

const world = () => portal.sandbox.world;
const tokenCalls = () => world().calls.tokenCallsSince(0);
const expire = (id: string) => database().$executeRaw`
  UPDATE connections SET access_expires_at = now() - interval '1 s' WHERE id = ${id}::uuid`;

async function newAccount(seed: number) {
  world().faults.disarm();
  world().live.refreshMode = "lenient";
  const admin = await portal.makeOrganisation(`OneLab ${seed}`);
  const id = await connectByConsent(admin, LAB);
  world().calls.clear();
  const ask = () => withSession(id, admin.organisationId, async ({ accessToken }) => accessToken);
  return { admin, id, ask, chance: new Chance(seed) };
}

it.each(faultSeeds())("F01: many callers at any moment of a renewal cause one token call (seed %d)", async (seed) => {
  const { id, ask, chance } = await newAccount(seed);
  world().live.refreshMode = chance.pick(["strict", "lenient"] as const);
  for (let round = 0; round < 3; round++) {
    world().calls.clear();
    await expire(id);
    const answerMs = chance.below(60);
    world().faults.arm({
      vendor: "meditlink-auth",
      path: "/oauth/token",
      count: 1,
      fault: { kind: "delay", ms: answerMs },
    });
    const callers = Array.from({ length: 2 + chance.below(60) }, () => ({ afterTurns: chance.below(12) }));
    const tokens = await Promise.all(
      callers.map(async ({ afterTurns }) => {
        for (let turn = 0; turn < afterTurns; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
        return ask();
      }),
    );
    expect(new Set(tokens).size).toBe(1);
    expect(tokenCalls().map(({ grant, status }) => [grant, status])).toEqual([["refresh_token", 200]]);
    world().faults.disarm();
  }
});

it.each(faultSeeds())(
  "F07: however wrong the clock is, a token is renewed once and in time (seed %d)",
  async (seed) => {
    const { id, ask, chance } = await newAccount(seed);
    for (let jump = 0; jump < 4; jump++) {
      const before = tokenCalls().length;
      try {
        vi.useFakeTimers({ toFake: ["Date"], now: truly() + (chance.next() - 0.5) * 2 * 86_400_000 });
        await ask();
        expect(tokenCalls()).toHaveLength(before);
        await expire(id);
        await ask();
      } finally {
        vi.useRealTimers();
      }
      await ask();
      expect(tokenCalls()).toHaveLength(before + 1);
    }
  },
);

type Callback = { query: URLSearchParams; as: Principal | null; server: string };

/** What may be done to a callback; each leaves it good for nothing. */
const ABUSES: ((callback: Callback, chance: Chance, admin: Principal) => void)[] = [
  ({ query }) => query.delete("state"),
  ({ query }) => query.delete("code"),
  ({ query }, chance) => query.set("state", randomText(chance, 1 + chance.below(65_536))),
  ({ query }, chance) => query.append("state", randomText(chance, 43)),
  ({ query }, chance) => {
    query.set("code", randomText(chance, 10)); // one that nobody issued would be the vendor's to refuse: there are two
    query.append("code", randomText(chance, 10));
  },
  ({ query }, chance) => query.set("state", swapped(query.get("state") ?? "", chance)),
  ({ query }) => query.set("state", (query.get("state") ?? "").toUpperCase().toLowerCase().repeat(2)),
  (callback) => {
    callback.as = stranger;
  },
  (callback, _, admin) => {
    callback.as = { ...admin, via: "session:other" };
  },
  (callback) => {
    callback.as = null;
  },
  (callback, chance) => {
    callback.server = chance.pick([
      "meditlink-cn",
      "meditlink-stage",
      "__proto__",
      "constructor",
      "MEDITLINK",
      "cadmus",
    ]);
  },
  ({ query }, chance) => {
    query.delete("code");
    query.set("error", chance.pick(["access_denied", "server_error", "<script>", "x".repeat(10_000)]));
    query.set("error_description", "//evil.example");
  },
];
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_%/\u0000ä";
const randomText = (chance: Chance, length: number) =>
  Array.from({ length }, () => LETTERS[chance.below(LETTERS.length)]).join("");

function swapped(text: string, chance: Chance): string {
  const at = chance.below(text.length);
  return `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
}

it.each(faultSeeds())("F08: no abused callback makes a token call or a connection (seed %d)", async (seed) => {
  const chance = new Chance(seed);
  const admin = await portal.makeOrganisation(`OneLab ${seed}`);
  world().calls.clear();
  for (let n = 0; n < 12; n++) {
    const back = await walkConsent(await startConnection(admin, "meditlink", null), LAB);
    const callback: Callback = { query: back.searchParams, as: admin, server: "meditlink" };
    for (let more = chance.below(4); more > 0; more--)
      callback.query.append(randomText(chance, 5), randomText(chance, chance.below(500)));
    for (let more = 1 + chance.below(2); more > 0; more--) chance.pick(ABUSES)(callback, chance, admin);
    const times = 1 + chance.below(3);
    const answers = await Promise.all(
      Array.from({ length: times }, () => finishConnection(callback.as, callback.server, callback.query)),
    );
    for (const location of answers) expect(location).toMatch(/^\/connections\?problem=[a-z_]+$/);
  }
  expect(tokenCalls()).toEqual([]);
  expect((await listConnections(admin)).items).toEqual([]);
});
