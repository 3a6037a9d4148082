import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { searchCasesQuerySchema } from "#lib/cases/case-schema.ts";
import { getCase, searchCases } from "#lib/cases/search-cases.ts";
import { database } from "#lib/database/database.ts";
import { findPerson } from "#lib/groups/find-person.ts";
import { getClinic } from "#lib/groups/get-clinic.ts";
import { openClinicPicture, openOwnPicture } from "#lib/groups/open-picture.ts";
import { getOwnGroup } from "#lib/groups/own-group.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { listScans } from "#lib/scans/get-scan.ts";
import { makePrincipal } from "#lib/testing/orders-in-database.ts";
import {
  connectAccount,
  connectByConsent,
  type PortalWithSandbox,
  startPortalWithSandbox,
} from "#lib/testing/portal-with-sandbox.ts";
import { checkConnection } from "./check-connection.ts";
import { readConnection } from "./list-connections.ts";
import { listPortals } from "./list-portals.ts";

let portal: PortalWithSandbox;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 60 });
  Object.assign(process.env, {
    MEDITLINK_REGIONS: "com cn",
    MEDITLINK_CN_AUTH_URL: portal.sandbox.meditlinkAuth,
    MEDITLINK_CN_API_URL: portal.sandbox.meditlinkApi,
  });
});
afterAll(() => portal.close());

const search = (who: Principal, connectionId: string, query: Record<string, unknown> = {}) =>
  searchCases(who, connectionId, searchCasesQuerySchema.parse(query));

describe("a MeditLink account", () => {
  it("is asked about its sign-in, and the answer stands on its page", async () => {
    const { admin, connectionId } = await connectAccount("lab", "lab@onelab.example");
    expect((await readConnection(admin, connectionId)).health.check).toBeNull();
    const before = (await readConnection(admin, connectionId)).refreshExpiresAt;
    const { health, refreshExpiresAt } = await checkConnection(admin, connectionId);
    expect(health.check?.taken).toBe(true);
    expect(refreshExpiresAt).toBe(before);
    const stranger = await makePrincipal("lab", "admin");
    await expect(checkConnection(stranger, connectionId)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is connected in China at China's own callback and server", async () => {
    const admin = await portal.makeOrganisation("China lab");
    const id = await connectByConsent(admin, "lab@onelab.example", "meditlink-cn");
    expect(await readConnection(admin, id)).toMatchObject({ region: "cn", serverName: "MeditLink (China)" });
    expect((await checkConnection(admin, id)).health.check?.taken).toBe(true);
  });

  it("shows its own group with contact, address and pictures, and people by e-mail", async () => {
    const { admin, connectionId } = await connectAccount("lab", "lab@onelab.example");
    const group = await getOwnGroup(admin, connectionId);
    expect(group).toMatchObject({
      name: "OneLab",
      kind: "lab",
      contact: { person: "Peter Parker", phone: "2193-9600", homePage: "https://onelab.example" },
      pictures: { logo: `/api/connections/${connectionId}/pictures/logo` },
      problem: null,
    });
    expect(group.contact?.address.join(" ")).toContain("02855");
    expect((await openOwnPicture(admin, connectionId, "cover")).type).toBe("image/png");
    expect(await findPerson(admin, connectionId, "second@onelab.example")).toMatchObject({ groupName: "OneLab" });
    expect(await findPerson(admin, connectionId, "nobody@nowhere.example")).toBeNull();
  });

  it("has clinics with contact, pictures and the number of their orders; foreign ones do not exist", async () => {
    const { admin } = await connectAccount("lab", "lab@onelab.example");
    const { organisationId } = admin;
    const order = await database().order.findFirstOrThrow({ where: { organisationId, clinicId: { not: null } } });
    const clinic = await getClinic(admin, order.clinicId!);
    expect(clinic).toMatchObject({ kind: "clinic", vendor: "meditlink", problem: null });
    expect(clinic.contact?.person).toBeTruthy();
    const count = await database().order.count({ where: { organisationId, clinicId: order.clinicId, twinOfId: null } });
    expect(clinic.orders.total).toBe(count);
    expect((await openClinicPicture(admin, order.clinicId!, "logo")).bytes.length).toBeGreaterThan(100);
    const stranger = await makePrincipal("lab", "admin");
    await expect(getClinic(stranger, order.clinicId!)).rejects.toMatchObject({ code: "not_found" });
  });

  it("shows what orders brought of a clinic when the vendor cannot be asked", async () => {
    const { admin } = await connectAccount("lab", "lab@onelab.example");
    const order = await database().order.findFirstOrThrow({
      where: { organisationId: admin.organisationId, clinicId: { not: null }, detailFetchedAt: { not: null } },
    });
    portal.sandbox.world.faults.arm({ vendor: "meditlink-api", fault: { kind: "status", status: 400, headers: {} } });
    const clinic = await getClinic(admin, order.clinicId!);
    portal.sandbox.world.faults.disarm();
    expect(clinic.problem).not.toBeNull();
    expect(clinic.contact?.person).toBeTruthy();
    expect(clinic.pictures).toEqual({ logo: null, cover: null, photo: null });
  });

  it("finds cases by name, patient code, status and day, also without an order, and opens one", async () => {
    const { admin, connectionId } = await connectAccount("clinic", "clinic@davis.example");
    const all = await search(admin, connectionId);
    expect(all.total).toBeGreaterThan(all.items.length - 1);
    expect(all.items.some((one) => one.orderId !== null)).toBe(true);
    const one = all.items.find((item) => item.name && item.patientCode)!;
    for (const query of [{ name: one.name }, { patientCode: one.patientCode }, { status: one.status }]) {
      const { items } = await search(admin, connectionId, query);
      expect(items.every((item) => Object.entries(query).every(([key, value]) => item[key as "name"] === value))).toBe(
        true,
      );
      expect(items.length).toBeGreaterThan(0);
    }
    const { timeZone } = await database().organisation.findUniqueOrThrow({ where: { id: admin.organisationId } });
    // The organisation's calendar has the day: late in the evening it is another one than in UTC.
    const day = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(new Date(one.createdAt!));
    const onDay = await search(admin, connectionId, { createdFrom: day, createdTo: day });
    expect(onDay.items.map((item) => item.key)).toContain(one.key);
    expect((await search(admin, connectionId, { name: "nobody's case" })).items).toEqual([]);
    const whole = await getCase(admin, connectionId, one.key);
    expect(whole).toMatchObject({ key: one.key, name: one.name });
    expect(whole.prescription.restorations.length + whole.files.length).toBeGreaterThan(0);
    const looked = await database().auditEntry.findMany({
      where: { organisationId: admin.organisationId, action: { startsWith: "vendor.case" } },
    });
    expect(looked.map((entry) => entry.action)).toContain("vendor.case_opened");
    expect(JSON.stringify(looked.map((entry) => entry.facts))).not.toContain(one.name);
  });
});

describe("a Cadmus account", () => {
  it("names its scanner portals, and each order says which one it came through and how its scans lie", async () => {
    const { admin, connectionId } = await connectAccount("lab", "cadmus@onelab.example", "cadmus");
    const { items } = await listPortals(admin, connectionId);
    expect(items[0]).toMatchObject({ kindName: expect.any(String), lastFetchAt: expect.any(String) });
    expect(items.find((one) => one.key === "portal:2")).toMatchObject({ axes: "x, -z, y", quantizationBits: 11 });
    const row = await database().order.findFirstOrThrow({
      where: { organisationId: admin.organisationId, portalKeys: { has: "portal:2" }, scansCount: { gt: 0 } },
    });
    const { portal: shown } = await getOrder(admin, row.id);
    expect(shown).toMatchObject({ name: "3Shape Communicate", account: "OneLab 3Shape", quantizationBits: 11 });
    const scans = await listScans(admin, row.id);
    expect(scans.items.map((scan) => scan.axes)).toEqual(scans.items.map(() => ["x", "-z", "y"]));
  });

  it("has no cases and no people to search, and says so", async () => {
    const { admin, connectionId } = await connectAccount("lab", "cadmus@onelab.example", "cadmus");
    await expect(search(admin, connectionId)).rejects.toMatchObject({ code: "action_not_available" });
    await expect(findPerson(admin, connectionId, "a@b.example")).rejects.toMatchObject({
      code: "action_not_available",
    });
    expect((await checkConnection(admin, connectionId)).health.check?.taken).toBe(true);
  });
});
