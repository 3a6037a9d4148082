import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { verifyAudit } from "#lib/audit/verify-audit.ts";
import { database } from "#lib/database/database.ts";
import { connectByConsent, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { callVendorEndpoint } from "./call-vendor-endpoint.ts";
import { syncConnection } from "./sync-connection.ts";
import { withSession } from "./with-session.ts";

const LAB = "lab@onelab.example";
const MINUTE_MS = 60_000;
/** The time that really is, whatever this machine's clock says. */
const truly = () => performance.timeOrigin + performance.now();

let portal: PortalWithSandbox;
let admin: Principal;
let id: string;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 10, now: truly });
  admin = await portal.makeOrganisation("OneLab");
  id = await connectByConsent(admin, LAB);
  portal.sandbox.world.calls.clear();
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => portal.close());

/** From here on this machine's clock is wrong by so much. */
function shiftClock(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: truly() + ms });
}

const identify = () => withSession(id, admin.organisationId, (session, vendor) => vendor.identify(session));
const refreshes = () => portal.sandbox.world.calls.tokenCallsSince(0).filter((call) => call.grant === "refresh_token");
/** Seconds the access token lives on, by the database's clock. */
async function tokenLife(): Promise<number> {
  const [row] = await database().$queryRaw<{ seconds: number }[]>`
    SELECT extract(epoch FROM access_expires_at - now())::float8 AS seconds FROM connections WHERE id = ${id}::uuid`;
  return row!.seconds;
}

describe("F07: a machine whose clock is wrong", () => {
  it.each([
    ["ten minutes fast", 10 * MINUTE_MS],
    ["ten minutes slow", -10 * MINUTE_MS],
    ["set back by an hour", -60 * MINUTE_MS],
    ["a day ahead", 24 * 60 * MINUTE_MS],
  ])("%s renews a token neither early nor late, and knows its life", async (_, ms) => {
    const before = refreshes().length;
    shiftClock(ms);
    expect((await identify()).account).toBe(LAB);
    expect(refreshes()).toHaveLength(before);
    await database().$executeRaw`UPDATE connections SET access_expires_at = now() WHERE id = ${id}::uuid`;
    expect((await identify()).account).toBe(LAB);
    expect(refreshes()).toHaveLength(before + 1);
    const { accessTokenSeconds } = portal.sandbox.world.live;
    expect(Math.abs((await tokenLife()) - accessTokenSeconds)).toBeLessThan(30);
    vi.useRealTimers();
    expect((await identify()).account).toBe(LAB);
    expect(refreshes()).toHaveLength(before + 1);
  });

  it("leaves the audit trail in its order, by number and not by clock", async () => {
    for (const ms of [10 * MINUTE_MS, -60 * MINUTE_MS, 0]) {
      shiftClock(ms);
      const call = { vendor: "meditlink", method: "GET", path: "/v1/me", query: new URLSearchParams() };
      await callVendorEndpoint(admin, call);
    }
    vi.useRealTimers();
    expect((await verifyAudit()).filter(({ brokenAt }) => brokenAt !== null)).toEqual([]);
  });

  it("ten minutes slow, still brings an order that has just been placed", async () => {
    const sync = () => syncConnection({ organisationId: admin.organisationId, connectionId: id });
    await sync();
    const answer = await fetch(`${portal.sandbox.control}/orders`, { method: "POST", body: "{}" });
    const { numbers } = (await answer.json()) as { numbers: number[] };
    shiftClock(-10 * MINUTE_MS);
    await sync();
    vi.useRealTimers();
    await sync();
    const number = String(numbers[0]);
    expect(await database().order.count({ where: { connectionId: id, number, detailFetchedAt: { not: null } } })).toBe(
      1,
    );
  });
});
