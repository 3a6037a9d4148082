import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import {
  connectByConsent,
  type PortalWithSandbox,
  startPortalWithSandbox,
  walkConsent,
} from "#lib/testing/portal-with-sandbox.ts";
import { readCredentials } from "./credential-lease.ts";
import { finishConnection } from "./finish-connection.ts";
import { listConnections } from "./list-connections.ts";
import { removeConnection } from "./remove-connection.ts";
import { startConnection } from "./start-connection.ts";

const LAB = "lab@onelab.example";
const OTHER_LAB = "lab@nordlab.example";

let portal: PortalWithSandbox;
let admin: Principal;
let stranger: Principal;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 60 });
  stranger = await portal.makeOrganisation("Stranger");
});
afterAll(() => portal.close());
beforeEach(async () => {
  admin = await portal.makeOrganisation("OneLab");
  portal.sandbox.world.calls.clear();
  portal.sandbox.world.faults.disarm();
  portal.sandbox.world.live.codeSeconds = 60;
  portal.sandbox.world.live.grantScopes = null;
});

/** The browser's way to the vendor and back, with one thing done to the answer. */
async function comeBack(
  change: (query: URLSearchParams) => void = () => {},
  { as = admin, email = LAB, server = "meditlink", decision = "allow" as "allow" | "deny" } = {},
): Promise<string> {
  const back = await walkConsent(await startConnection(admin, "meditlink", null), email, decision);
  change(back.searchParams);
  return finishConnection(as, server, back.searchParams);
}

const tokenCalls = () => portal.sandbox.world.calls.tokenCallsSince(0).length;

describe("connecting MeditLink", () => {
  it("shows the account's name, group, side and token life, and never a secret", async () => {
    const id = await connectByConsent(admin, LAB);
    const { items, vendors } = await listConnections(admin);
    expect(items).toMatchObject([
      {
        id,
        vendor: "meditlink",
        account: LAB,
        groupName: "OneLab",
        side: "lab",
        state: "connected",
        missingScopes: [],
      },
    ]);
    expect(items[0]!.capabilities).toEqual(expect.arrayContaining(["accept", "reject", "files"]));
    expect(new Date(items[0]!.accessExpiresAt!).getTime()).toBeGreaterThan(Date.now());
    expect(vendors.find((offer) => offer.vendor === "meditlink")).toMatchObject({ configured: true, plainHttp: true });
    const held = await readCredentials(admin.organisationId, id);
    expect(JSON.stringify({ items, vendors })).not.toContain(held!.credentials!.accessToken);
    expect(portal.sandbox.world.calls.violations()).toEqual([]);
    expect(await database().auditEntry.count({ where: { subjectId: id, action: "connection.created" } })).toBe(1);
  });

  it("the same account again renews its connection instead of doubling it, also after it was removed", async () => {
    const id = await connectByConsent(admin, LAB);
    expect(await connectByConsent(admin, LAB)).toBe(id);
    await removeConnection(admin, id);
    expect((await listConnections(admin)).items).toEqual([]);
    expect(await readCredentials(admin.organisationId, id)).toMatchObject({ state: "disconnected", credentials: null });
    expect(await connectByConsent(admin, LAB)).toBe(id);
    expect((await listConnections(admin)).items).toHaveLength(1);
  });

  it("names the scopes that were asked for and not granted", async () => {
    portal.sandbox.world.live.grantScopes = "USER GROUP CASE FILE ORDER";
    await connectByConsent(admin, LAB);
    const [connection] = (await listConnections(admin)).items;
    expect(connection!.missingScopes).toEqual(["FILE_MANAGE", "ORDER_MANAGE"]);
    expect(connection!.capabilities).not.toContain("attachments");
  });

  it("renews with the same account and refuses another one, leaving the connection as it was", async () => {
    const id = await connectByConsent(admin, LAB);
    const before = await readCredentials(admin.organisationId, id);
    const other = await walkConsent(await startConnection(admin, "meditlink", id), OTHER_LAB);
    expect(await finishConnection(admin, "meditlink", other.searchParams)).toBe("/connections?problem=other_account");
    expect(await readCredentials(admin.organisationId, id)).toEqual({ ...before, remainingMs: expect.any(Number) });
    const same = await walkConsent(await startConnection(admin, "meditlink", id), LAB);
    expect(await finishConnection(admin, "meditlink", same.searchParams)).toBe(`/connections?connected=${id}`);
  });
});

describe("a callback that cannot be used has its own sentence and makes no token call (F08)", () => {
  it.each([
    ["consent declined", "consent_declined", () => comeBack(undefined, { decision: "deny" })],
    ["no state", "oauth_state_wrong", () => comeBack((query) => query.delete("state"))],
    ["a wrong state", "oauth_state_wrong", () => comeBack((query) => query.set("state", "x".repeat(43)))],
    ["a state of 64 KB", "oauth_state_wrong", () => comeBack((query) => query.set("state", "x".repeat(65_536)))],
    ["two states", "oauth_state_wrong", () => comeBack((query) => query.append("state", "x".repeat(43)))],
    ["two codes", "oauth_state_wrong", () => comeBack((query) => query.append("code", "other"))],
    ["no code", "oauth_state_wrong", () => comeBack((query) => query.delete("code"))],
    ["another organisation's browser", "oauth_state_wrong", () => comeBack(undefined, { as: stranger })],
    [
      "another session of the same person",
      "oauth_state_wrong",
      () => comeBack(undefined, { as: { ...admin, via: "session:other" } }),
    ],
    ["another authorization server's path", "oauth_state_wrong", () => comeBack(undefined, { server: "meditlink-cn" })],
    ["a server nobody knows", "oauth_state_wrong", () => comeBack(undefined, { server: "constructor" })],
  ])("%s", async (_, code, walk) => {
    expect(await walk()).toBe(`/connections?problem=${code}`);
    expect(tokenCalls()).toBe(0);
    expect((await listConnections(admin)).items).toEqual([]);
  });

  it("a browser that is not signed in", async () => {
    const back = await walkConsent(await startConnection(admin, "meditlink", null), LAB);
    expect(await finishConnection(null, "meditlink", back.searchParams)).toBe("/connections?problem=oauth_state_wrong");
    expect(tokenCalls()).toBe(0);
    expect(await finishConnection(admin, "meditlink", back.searchParams)).toMatch(/connected=/);
  });

  it("a doubled request and a second tab: one connects, the others are told", async () => {
    const back = await walkConsent(await startConnection(admin, "meditlink", null), LAB);
    const answers = await Promise.all([1, 2, 3, 4].map(() => finishConnection(admin, "meditlink", back.searchParams)));
    expect(answers.filter((location) => location.includes("connected="))).toHaveLength(1);
    expect(answers.filter((location) => location.endsWith("problem=oauth_state_used"))).toHaveLength(3);
    expect(tokenCalls()).toBe(1);
  });

  it("a state that is older than ten minutes", async () => {
    const back = await walkConsent(await startConnection(admin, "meditlink", null), LAB);
    await database().oauthState.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await finishConnection(admin, "meditlink", back.searchParams)).toBe(
      "/connections?problem=oauth_state_expired",
    );
    expect(tokenCalls()).toBe(0);
  });

  it("a code that has expired", async () => {
    portal.sandbox.world.live.codeSeconds = 0;
    expect(await comeBack()).toBe("/connections?problem=oauth_code_expired");
  });

  it("an account that belongs to no lab or clinic", async () => {
    expect(await comeBack(undefined, { email: "solo@freelance.example" })).toBe("/connections?problem=no_group");
  });

  it("a vendor that is down", async () => {
    portal.sandbox.world.faults.arm({
      vendor: "meditlink-auth",
      path: "/oauth/token",
      fault: { kind: "status", status: 503 },
    });
    expect(await comeBack()).toBe("/connections?problem=vendor_unreachable");
  });
});

it("what is not an admin's is refused before the vendor is asked", async () => {
  const technician: Principal = { ...admin, role: "technician" };
  await expect(startConnection(technician, "meditlink", null)).rejects.toMatchObject({ code: "forbidden" });
  await expect(startConnection(admin, "nobody", null)).rejects.toMatchObject({ code: "not_found" });
  const id = await connectByConsent(admin, LAB);
  await expect(startConnection(stranger, "meditlink", id)).rejects.toMatchObject({ code: "not_found" });
  await expect(removeConnection(stranger, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(removeConnection(technician, id)).rejects.toMatchObject({ code: "forbidden" });
  expect((await listConnections(stranger)).items).toEqual([]);
});
