import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import type { VendorFile, VendorOrder } from "#lib/vendors/vendor.ts";
import { foldOrderCounts } from "./fold-order-counts.ts";
import { importOrders } from "./import-orders.ts";
import { openFileName, openPatient, openRaw } from "./seal-order.ts";
import { tokensForQuery } from "./search-tokens.ts";

let db: TestDatabase;
let lab: Principal;
let connection: Connection;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});
beforeEach(async () => {
  lab = await makePrincipal();
  const { organisationId, userId } = lab;
  connection = await database().connection.create({
    data: { organisationId, vendor: "meditlink", account: "a", accountKey: "k", side: "lab", createdBy: userId },
  });
});

const T0 = Date.UTC(2026, 10, 1, 8);
const at = (seconds: number) => new Date(T0 + seconds * 1000);

function order(change: Partial<VendorOrder> = {}): VendorOrder {
  return {
    number: "1000001",
    caseKey: "case-1",
    portalCaseKey: null,
    status: "pending",
    vendorStatus: "PENDING",
    completeness: "unknown",
    infoRequest: "none",
    clinic: {
      key: "clinic-1",
      name: "D.Davis",
      contact: { person: null, mobile: "+82", phone: null, homePage: null, address: [] },
    },
    lab: { key: "lab-1", name: "OneLab", contact: null },
    patient: {
      caseName: "Seolah's Case",
      patientName: "Seolah Jeon",
      patientCode: null,
      description: "née Kim",
      tags: ["vip"],
    },
    receivedAt: at(0),
    dueAt: new Date("2026-12-01T15:00:00Z"),
    updatedAt: at(10),
    datesCorrected: false,
    form: "teeth",
    restorations: [],
    bridges: [[11, 12]],
    biteGroups: [],
    delivery: [],
    portalKeys: [],
    files: [file("f1"), file("f2")],
    whole: true,
    raw: { orderNumber: 1000001 },
    unmapped: [],
    ...change,
  };
}

function file(key: string, change: Partial<VendorFile> = {}): VendorFile {
  const name = "mandibular.meditMesh";
  return { key, name, kind: "scan", vendorFileType: "SCAN_DATA", jaw: "lower", biteGroup: null, bytes: 10, ...change };
}

/** The list's shorter version of an order. */
const entry = (change: Partial<VendorOrder> = {}) =>
  order({
    whole: false,
    files: null,
    bridges: [],
    form: "other",
    patient: { caseName: "Seolah's Case", patientName: null, patientCode: null, description: null, tags: [] },
    ...change,
  });

const take = (orders: VendorOrder[], started: number) =>
  withOrganisation(lab.organisationId, (tx) =>
    importOrders(tx, connection, orders, { fetchStartedAt: at(started), details: "caller" }),
  );
const row = () =>
  database().order.findFirstOrThrow({
    where: { connectionId: connection.id },
    include: { files: { orderBy: { position: "asc" } }, scans: true, events: { orderBy: { id: "asc" } }, clinic: true },
  });

describe("an import", () => {
  it("keeps an order with its files, scans, clinic, due day and search tokens", async () => {
    expect(await take([order()], 20)).toEqual({ inserted: 1, changed: 0, unchanged: 0, toFetch: 0 });
    const stored = await row();
    expect(stored).toMatchObject({ status: "pending", version: 1, scansCount: 2, clinic: { name: "D.Davis" } });
    expect(stored.dueOn!.toISOString()).toBe("2026-12-02T00:00:00.000Z");
    expect(openPatient(lab.organisationId, stored.id, stored.patientSealed).patientName).toBe("Seolah Jeon");
    expect(openRaw(lab.organisationId, stored.id, stored.rawSealed).whole!.record).toEqual({ orderNumber: 1000001 });
    for (const query of ["seolah jeon", "jeo", "1000001", "davis"])
      expect(stored.searchTokens).toEqual(expect.arrayContaining(tokensForQuery(lab.organisationId, query)));
    expect(stored.scans).toHaveLength(2);
    expect(stored.events.map((event) => event.kind)).toEqual(["order_arrived"]);
  });

  it("of the same again changes nothing but the age", async () => {
    await take([order()], 20);
    const before = await row();
    expect(await take([order()], 30)).toEqual({ inserted: 0, changed: 0, unchanged: 1, toFetch: 0 });
    expect(await take([entry()], 40)).toMatchObject({ changed: 0, unchanged: 1 });
    const { syncedAt, fetchedAt, detailFetchedAt, ...after } = await row();
    expect({ ...before, ...after }).toEqual(before);
    expect(syncedAt).toEqual(at(40));
  });

  it("of a list entry fills and never erases what a whole read brought", async () => {
    await take([order()], 20);
    const listed = entry({ status: "accepted", vendorStatus: "ACCEPTED", updatedAt: at(50), dueAt: null });
    expect(await take([listed], 60)).toMatchObject({ changed: 1, toFetch: 1 });
    const stored = await row();
    expect(stored).toMatchObject({ status: "accepted", bridges: [[11, 12]], form: "teeth", scansCount: 2 });
    expect(stored.files).toHaveLength(2);
    expect(stored.dueOn).not.toBeNull();
    const patient = openPatient(lab.organisationId, stored.id, stored.patientSealed);
    expect(patient).toMatchObject({ patientName: "Seolah Jeon", description: "née Kim", tags: ["vip"] });
    expect(stored.events.at(-1)!.facts).toMatchObject({ from: "pending", to: "accepted" });
  });

  it("keeps files that the vendor no longer lists, marked, and takes them up again", async () => {
    await take([order()], 20);
    await take([order({ updatedAt: at(30), files: [file("f2"), file("f3", { name: "upper.stl" })] })], 40);
    const stored = await row();
    const shown = Object.fromEntries(stored.files.map((f) => [f.key, f.removedAt !== null]));
    expect(shown).toEqual({ f1: true, f2: false, f3: false });
    const third = stored.files.find((f) => f.key === "f3")!;
    expect(openFileName(lab.organisationId, third.id, third.nameSealed)).toBe("upper.stl");
    expect(stored).toMatchObject({ scansCount: 2, version: 2 });
    expect(stored.events.at(-1)).toMatchObject({ kind: "files_changed", facts: { added: 1, removed: 1 } });
    await take([order({ updatedAt: at(50) })], 60);
    expect((await row()).scans).toHaveLength(3);
    expect((await row()).scansCount).toBe(2);
  });

  it("counts keys that the mapping did not know, never their values", async () => {
    await take([order({ unmapped: ["case.newField"] }), order({ number: "2", unmapped: ["case.newField"] })], 20);
    expect((await database().connection.findUniqueOrThrow({ where: { id: connection.id } })).unmappedKeys).toEqual({
      "case.newField": 2,
    });
  });
});

describe("F24 out-of-order answers", () => {
  it("an older whole read never overwrites, but fills in what only a list entry has shown", async () => {
    await take([entry({ status: "accepted", vendorStatus: "ACCEPTED", updatedAt: at(50) })], 60);
    await take([order({ updatedAt: at(40) })], 55);
    expect(await row()).toMatchObject({
      status: "accepted",
      vendorUpdatedAt: at(50),
      bridges: [[11, 12]],
      scansCount: 2,
    });
  });

  it("answers in any order, also at the same moment, end at the vendor's last version", async () => {
    const versions = Array.from({ length: 6 }, (_, i) =>
      order({ updatedAt: at(100 + i), vendorStatus: `V${i}`, status: i % 2 ? "accepted" : "pending" }),
    );
    for (let round = 0; round < 10; round++) {
      await database().order.deleteMany({ where: { connectionId: connection.id } });
      const shuffled = versions
        .map((version, i) => ({ version, started: 200 + i, key: (i * 7 + round * 5) % 11 }))
        .sort((a, b) => a.key - b.key);
      await Promise.all(shuffled.map(({ version, started }) => take([version], started)));
      expect(await row()).toMatchObject({ vendorStatus: "V5", status: "accepted", vendorUpdatedAt: at(105) });
    }
  });
});

describe("no order is lost", () => {
  it("F19, F29: to text that the database cannot hold, codes nobody knows, dates that are none", async () => {
    const strange = [
      order({ number: "0" }),
      order({ number: "nul \0 here", vendorStatus: "WHAT\0EVER", status: "other" }),
      order({ number: "half \ud800 pair", patient: { ...order().patient, caseName: "\udc00" } }),
      order({ number: "bad dates", receivedAt: new Date(Number.NaN), dueAt: new Date("+052377-10-31T18:06:40Z") }),
      order({ number: "no dates", receivedAt: null, dueAt: null, updatedAt: null }),
      order({ number: "nobody", clinic: null, lab: null, caseKey: null }),
      order({ number: "big file", files: [file("b", { bytes: 2 ** 60 }), file("b"), file("c", { bytes: -1 })] }),
      order({ number: "wide", bridges: [[99, -1]], restorations: [{ tooth: null, type: "\0" } as never] }),
    ];
    await take(strange, 20);
    expect(await database().order.count({ where: { connectionId: connection.id } })).toBe(strange.length);
    await take(strange, 30);
    expect(await database().order.count({ where: { connectionId: connection.id, version: 1 } })).toBe(strange.length);
  });
});

describe("decisions that only Casebench knows", () => {
  it("stand while the vendor still says pending, and give way to whatever else it says", async () => {
    await take([order()], 20);
    const { id } = await row();
    await database().order.update({ where: { id }, data: { status: "accepted" } });
    await database().decision.create({
      data: {
        organisationId: lab.organisationId,
        orderId: id,
        kind: "accept",
        state: "confirmed",
        recordedOnly: true,
        requestedBy: lab.userId,
        deadlineAt: at(900),
        bodyHash: "-",
      },
    });
    await take([order({ updatedAt: at(30), bridges: [] })], 40);
    expect(await row()).toMatchObject({ status: "accepted", vendorStatus: "PENDING" });
    await take([order({ updatedAt: at(50), status: "cancelled", vendorStatus: "CANCELED" })], 60);
    expect(await row()).toMatchObject({ status: "cancelled" });
  });
});

it("the order counts agree with the orders, folded or not, and wrong ones are put right", async () => {
  await take([order(), order({ number: "2" }), order({ number: "3", status: "accepted" })], 20);
  await take([order({ status: "accepted", updatedAt: at(30) })], 40);
  const sums = async () =>
    Object.fromEntries(
      (
        await database().orderCount.groupBy({
          by: ["status"],
          where: { connectionId: connection.id },
          _sum: { n: true },
          having: { n: { _sum: { not: 0 } } },
        })
      ).map((sum) => [sum.status, sum._sum.n]),
    );
  expect(await sums()).toEqual({ pending: 1, accepted: 2 });
  await database().orderCount.deleteMany({ where: { connectionId: connection.id, status: "pending", n: { gt: 0 } } });
  await foldOrderCounts();
  expect(await sums()).toEqual({ pending: 1, accepted: 2 });
  expect(await database().orderCount.count({ where: { connectionId: connection.id } })).toBe(2);
});
