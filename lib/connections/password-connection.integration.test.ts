import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { openPatient } from "#lib/orders/seal-order.ts";
import { type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { createConnection } from "./create-connection.ts";
import { readCredentials, writeRenewed } from "./credential-lease.ts";
import type { Credentials } from "./credentials.ts";
import { listConnections } from "./list-connections.ts";
import { syncConnection } from "./sync-connection.ts";

const EMAIL = "cadmus@onelab.example";
let portal: PortalWithSandbox;
let admin: Principal;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 20, passwordGrant: false });
});
afterAll(() => portal.close());
beforeEach(async () => {
  portal.sandbox.world.faults.disarm();
  portal.sandbox.world.calls.clear();
  admin = await portal.makeOrganisation("OneLab");
});

const connect = (password = "sandbox", more: { connection?: string; email?: string } = {}) => {
  const { email = EMAIL, ...rest } = more;
  return createConnection(admin, { vendor: "cadmus", credentials: { email, password }, ...rest });
};
const sync = (connectionId: string) => syncConnection({ organisationId: admin.organisationId, connectionId });
const logins = () => portal.sandbox.world.calls.tokenCallsSince(0);
const casesOfLab = () => [...portal.sandbox.world.cadmusCases.values()].filter((item) => item.organizationId === 3);
const view = async () => (await listConnections(admin)).items[0]!;

/** What the database holds instead of the password that was given. */
async function store(id: string, change: Partial<Credentials>): Promise<void> {
  const held = (await readCredentials(admin.organisationId, id))!;
  const credentials = { ...held.credentials!, ...change } as Credentials;
  const accessExpiresAt = new Date(Date.now() + credentials.lifetimeMs);
  const { accessToken } = credentials;
  await writeRenewed(held, credentials, {
    accessToken,
    refreshToken: null,
    accessExpiresAt,
    refreshExpiresAt: null,
    scopes: [],
  });
}
const kill = (id: string) => store(id, { accessToken: "dead" });

describe("connecting Cadmus", () => {
  it("signs in before anything is saved; the password is kept sealed and never shown", async () => {
    await expect(connect("wrong")).rejects.toMatchObject({ code: "vendor_credentials_wrong" });
    expect((await listConnections(admin)).items).toEqual([]);
    const created = await connect();
    expect(created).toMatchObject({ vendor: "cadmus", account: EMAIL, side: "lab", state: "connected" });
    expect(JSON.stringify(created)).not.toContain("sandbox");
    const row = await database().connection.findUniqueOrThrow({ where: { id: created.id } });
    expect(Buffer.from(row.credentialsSealed!).includes("sandbox")).toBe(false);
    expect((await readCredentials(admin.organisationId, created.id))!.credentials).toMatchObject({
      password: "sandbox",
    });
    expect(portal.sandbox.world.calls.violations()).toEqual([]);
  });

  it("refuses what is no e-mail, a vendor nobody knows, and whoever is no admin", async () => {
    await expect(connect("sandbox", { email: "no e-mail" })).rejects.toMatchObject({ code: "invalid_body" });
    await expect(createConnection(admin, { vendor: "constructor", credentials: {} })).rejects.toMatchObject({
      code: "vendor_not_configured",
    });
    const technician: Principal = { ...admin, role: "technician" };
    await expect(createConnection(technician, { vendor: "cadmus", credentials: {} })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(logins()).toEqual([]);
  });

  it("stops guessing before the vendor locks the account", async () => {
    for (let i = 0; i < 5; i++)
      await expect(connect("wrong")).rejects.toMatchObject({ code: "vendor_credentials_wrong" });
    await expect(connect()).rejects.toMatchObject({ code: "too_many_attempts" });
    expect(logins()).toHaveLength(5);
  });

  it("takes a new password for the same account only", async () => {
    const { id } = await connect();
    await expect(connect("sandbox", { connection: id, email: "cadmus@nordlab.example" })).rejects.toMatchObject({
      code: "other_account",
    });
    expect((await connect("sandbox", { connection: id })).id).toBe(id);
  });
});

describe("syncing Cadmus", () => {
  it("brings every case whole, in every triple of states, and only this lab's", async () => {
    const { id } = await connect();
    await sync(id);
    const rows = await database().order.findMany({ where: { connectionId: id }, include: { files: true } });
    expect(rows.map((row) => row.number).sort()).toEqual(
      casesOfLab()
        .map((item) => String(item.id))
        .sort(),
    );
    for (const row of rows) {
      const item = portal.sandbox.world.cadmusCases.get(Number(row.number))!;
      expect(row).toMatchObject({ vendorStatus: item.status, infoRequest: item.infoRequestStatus });
      expect(row.detailFetchedAt).not.toBeNull();
      const isDescribed = Object.keys(item.acceptedData).length > 0;
      expect(row.files.filter((file) => file.kind === "scan")).toHaveLength(isDescribed ? item.files.length : 0);
      expect(openPatient(admin.organisationId, row.id, row.patientSealed)).toHaveProperty("patientName");
    }
    expect(await view()).toMatchObject({ ordersHere: rows.length, ordersUpstream: rows.length, problem: null });
    expect(portal.sandbox.world.calls.violations()).toEqual([]);
    await sync(id);
    const again = await database().order.findMany({ where: { connectionId: id } });
    expect(again.every((row) => row.version === 1)).toBe(true);
  });

  it("sees a change of an old case, though the vendor lists by day of creation only", async () => {
    const { id } = await connect();
    await sync(id);
    const oldest = casesOfLab().sort((a, b) => a.createdAt - b.createdAt)[0]!;
    const before = oldest.status;
    oldest.status = before === "accepted" ? "in_production" : "accepted";
    await sync(id);
    const row = await database().order.findFirstOrThrow({ where: { connectionId: id, number: String(oldest.id) } });
    expect(row).toMatchObject({ vendorStatus: oldest.status, version: 2 });
    oldest.status = before;
  });

  it("F04: a token that dies in the middle of the walk costs one sign-in, and the same page goes on", async () => {
    const { id } = await connect();
    await kill(id);
    portal.sandbox.world.calls.clear();
    await sync(id);
    expect(logins()).toHaveLength(1);
    expect(await view()).toMatchObject({ problem: null, ordersHere: casesOfLab().length });
  });

  it("F04: a password that no longer fits parks the connection after one try; the right one completes the sync", async () => {
    const { id } = await connect();
    await store(id, { accessToken: "dead", password: "changed there" } as Partial<Credentials>);
    portal.sandbox.world.calls.clear();
    for (let i = 0; i < 5; i++) await sync(id);
    expect(logins()).toHaveLength(1);
    expect(await view()).toMatchObject({ state: "reconnect_needed", problem: "vendor_credentials_wrong" });
    await connect("sandbox", { connection: id });
    await sync(id);
    expect(await view()).toMatchObject({ state: "connected", problem: null, ordersHere: casesOfLab().length });
  });
});
