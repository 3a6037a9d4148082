import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { insertOrders, insertScan, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { downloadOrders } from "./download-orders.ts";
import { listOutgoing } from "./list-outgoing.ts";

let db: TestDatabase;
let lab: Principal;
let ids: string[];

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal();
  ids = await insertOrders(await makeConnection(lab), [
    { number: "501", patient: { patientName: "Ada" } },
    { number: "502" },
  ]);
  for (const id of ids) {
    const { scanId } = await insertScan(lab.organisationId, id, { name: "mandibular.meditMesh" });
    const { sha256 } = await objectStore().putStream(Readable.from([Buffer.from(`solid ${id}`)]));
    await database().scan.update({ where: { id: scanId }, data: { sha256, format: "stl", state: "ready" } });
  }
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

it("several orders come as one zip, a folder for each, and each is in its trail", async () => {
  const { name, stream } = await downloadOrders(lab, ids, "original");
  expect(name).toMatch(/^orders \d{4}-\d\d-\d\d\.zip$/);
  const zip = (await buffer(stream)).toString("latin1");
  for (const entry of ["501/lower_mandibular", "502/lower_mandibular"]) expect(zip).toContain(entry);
  for (const subjectId of ids)
    expect(await database().auditEntry.count({ where: { action: "order.downloaded", subjectId } })).toBe(1);
});

it("the organisation's template names the files, in a zip as in a folder", async () => {
  const fileNameTemplate = "{number} {patient}/{jaw}";
  await database().organisation.update({ where: { id: lab.organisationId }, data: { fileNameTemplate } });
  const { folder, files, isWhole } = await listOutgoing(lab, ids[0]!, "original");
  expect([folder, isWhole]).toEqual(["501", true]);
  expect(files).toMatchObject([{ name: expect.stringMatching(/^501 Ada\/lower\./) }]);
  const zip = (await buffer((await downloadOrders(lab, ids, "original")).stream)).toString("latin1");
  expect(zip).toContain("501/501 Ada/lower");
  await database().organisation.update({ where: { id: lab.organisationId }, data: { fileNameTemplate: null } });
});

it("what is still to come is said: names may change until then", async () => {
  const connection = await makeConnection(lab);
  const [listed, fetching] = await insertOrders(connection, [
    { number: "601", detailFetchedAt: null },
    { number: "602" },
  ]);
  await insertScan(lab.organisationId, fetching!);
  for (const id of [listed!, fetching!])
    expect(await listOutgoing(lab, id, "original")).toMatchObject({ isWhole: false });
});

it("one order of another organisation spoils the whole request, and a viewer takes nothing along", async () => {
  const stranger = await makePrincipal();
  const [own] = await insertOrders(await makeConnection(stranger), [{ number: "1" }]);
  await expect(downloadOrders(stranger, [own!, ids[0]!], "original")).rejects.toMatchObject({ code: "not_found" });
  await expect(listOutgoing(stranger, ids[0]!, "original")).rejects.toMatchObject({ code: "not_found" });
  await expect(downloadOrders({ ...lab, role: "viewer" }, ids, "stl")).rejects.toMatchObject({ code: "forbidden" });
});
