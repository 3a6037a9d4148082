import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { connectByConsent, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { readCredentials, takeLease } from "./credential-lease.ts";
import { listConnections } from "./list-connections.ts";
import { withSession } from "./with-session.ts";

const LAB = "lab@onelab.example";
let portal: PortalWithSandbox;
let admin: Principal;
let id: string;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 60 });
});
afterAll(() => portal.close());
beforeEach(async () => {
  const { world } = portal.sandbox;
  world.faults.disarm();
  world.live.refreshMode = "lenient";
  world.accessTokens.clear();
  world.refreshTokens.clear();
  admin = await portal.makeOrganisation("OneLab");
  id = await connectByConsent(admin, LAB);
  world.calls.clear();
});

const refreshes = () => portal.sandbox.world.calls.tokenCallsSince(0).filter((call) => call.grant === "refresh_token");
const identify = () => withSession(id, admin.organisationId, (session, vendor) => vendor.identify(session));
const armToken = (fault: object, count = 1) =>
  portal.sandbox.world.faults.arm({
    vendor: "meditlink-auth",
    path: "/oauth/token",
    fault: fault as { kind: "reset" },
    count,
  });

/** Here the token counts as old; at the vendor it may live on. */
async function age(seconds = -1): Promise<void> {
  await database()
    .$executeRaw`UPDATE connections SET access_expires_at = now() + make_interval(secs => ${seconds}) WHERE id = ${id}::uuid`;
}
/** At the vendor the token is dead; here it counts as fresh. */
function killAtVendor(): void {
  for (const token of portal.sandbox.world.accessTokens.values()) token.expiresAt = 0;
}
const state = async () => (await listConnections(admin)).items[0]!;

describe("F01 refresh race", () => {
  it.each(["strict", "lenient"] as const)("64 callers at expiry cause one token call (%s vendor)", async (mode) => {
    portal.sandbox.world.live.refreshMode = mode;
    for (let round = 1; round <= 5; round++) {
      await age();
      killAtVendor();
      const answers = await Promise.all(Array.from({ length: 64 }, identify));
      expect(answers.every((account) => account.account === LAB)).toBe(true);
      expect(refreshes()).toHaveLength(round);
    }
    expect(refreshes().every((call) => call.status === 200)).toBe(true);
  });

  it("callers of another process wait for the lease and use what its holder brought", async () => {
    await age();
    const held = (await readCredentials(admin.organisationId, id))!;
    expect(await takeLease(held, "another process")).toBe(true);
    expect(await takeLease(held, "a third one")).toBe(false);
    const waiting = identify();
    await database().$executeRaw`
      UPDATE connections SET access_expires_at = now() + interval '1 hour', credential_epoch = credential_epoch + 1,
        lease_owner = NULL, lease_until = NULL WHERE id = ${id}::uuid`;
    expect((await waiting).account).toBe(LAB);
    expect(refreshes()).toHaveLength(0);
  });

  it("the lease of a process that died is taken over when it runs out", async () => {
    await age();
    await database()
      .$executeRaw`UPDATE connections SET lease_owner = 'dead', lease_until = now() - interval '1 ms' WHERE id = ${id}::uuid`;
    expect((await identify()).account).toBe(LAB);
    expect(refreshes()).toHaveLength(1);
  });
});

it("F01: 512 callers at expiry cause one token call, and nobody waits longer than two seconds for it", async () => {
  portal.sandbox.world.live.refreshMode = "strict";
  await age();
  killAtVendor();
  const waits = await Promise.all(
    Array.from({ length: 512 }, async () => {
      const began = performance.now();
      await withSession(id, admin.organisationId, async () => {});
      return performance.now() - began;
    }),
  );
  expect(refreshes()).toHaveLength(1);
  expect(waits.sort((a, b) => a - b)[Math.floor(512 * 0.99)]).toBeLessThan(2_000);
});

describe("F02 the answer to a refresh is lost", () => {
  it("a lenient vendor takes the old refresh token once more", async () => {
    await age();
    armToken({ kind: "resetAfterCommit" });
    expect((await identify()).account).toBe(LAB);
    expect(refreshes().length).toBeLessThanOrEqual(2);
    expect((await state()).state).toBe("connected");
  });

  it("a strict vendor refuses it: after that one further try the connection waits for a person", async () => {
    portal.sandbox.world.live.refreshMode = "strict";
    await age();
    armToken({ kind: "resetAfterCommit" });
    await expect(identify()).rejects.toMatchObject({ code: "reconnect_needed" });
    await expect(identify()).rejects.toMatchObject({ code: "reconnect_needed" });
    expect(refreshes().length).toBeLessThanOrEqual(2);
    expect(await state()).toMatchObject({ state: "reconnect_needed", problem: "reconnect_needed" });
    expect(await connectByConsent(admin, LAB)).toBe(id);
    expect((await identify()).account).toBe(LAB);
  });
});

describe("F04 credentials refused for good", () => {
  it("park the connection once, audit it, and ask the vendor for nothing more", async () => {
    await age();
    for (const token of portal.sandbox.world.refreshTokens.values()) token.expiresAt = 0;
    const answers = await Promise.allSettled(Array.from({ length: 16 }, identify));
    expect(answers.every((a) => a.status === "rejected" && a.reason.code === "reconnect_needed")).toBe(true);
    expect(refreshes()).toHaveLength(1);
    expect(await database().auditEntry.count({ where: { subjectId: id, action: "connection.reconnect_needed" } })).toBe(
      1,
    );
  });
});

describe("F05 401 in the middle", () => {
  const refuse = (options: { count?: number; probability?: number }) =>
    portal.sandbox.world.faults.arm({ vendor: "meditlink-api", fault: { kind: "status", status: 401 }, ...options });

  it("one refusal of a fresh token is one refresh and one replay", async () => {
    killAtVendor();
    expect((await identify()).account).toBe(LAB);
    expect(refreshes()).toHaveLength(1);
  });

  it("a vendor that goes on refusing is told to the caller, the connection stays", async () => {
    refuse({});
    await expect(identify()).rejects.toSatisfy((error) => error instanceof VendorError && error.kind === "token");
    expect(refreshes()).toHaveLength(1);
    expect((await state()).state).toBe("connected");
  });

  it("refusals in swarms cause one refresh in a minute", async () => {
    refuse({ probability: 0.3 });
    const answers = [];
    for (let i = 0; i < 20; i++) answers.push(...(await Promise.allSettled(Array.from({ length: 8 }, identify))));
    expect(refreshes()).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === "fulfilled").length).toBeGreaterThan(answers.length * 0.8);
  });
});

describe("a vendor that cannot be asked for a token", () => {
  it("is not asked again at once, and a token that still lives is used meanwhile", async () => {
    await age(30);
    armToken({ kind: "status", status: 503 }, 100);
    expect((await identify()).account).toBe(LAB);
    await Promise.all(Array.from({ length: 20 }, identify));
    const asked = portal.sandbox.world.calls.since(0).filter((call) => call.path.startsWith("/oauth/token")).length;
    expect(asked).toBe(2);
    await age(-1);
    await expect(identify()).rejects.toSatisfy((error) => error instanceof VendorError && error.kind === "unavailable");
    expect((await state()).state).toBe("connected");
  });
});

it("nobody gets a session of another organisation's connection", async () => {
  const stranger = await portal.makeOrganisation("Stranger");
  await expect(withSession(id, stranger.organisationId, async () => 1)).rejects.toMatchObject({ code: "not_found" });
});
