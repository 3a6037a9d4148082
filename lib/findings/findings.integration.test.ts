import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import {
  addPrincipal,
  insertOrders,
  insertScan,
  makeConnection,
  makePrincipal,
} from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { changeFinding, removeFinding } from "./change-finding.ts";
import { createFinding } from "./create-finding.ts";
import { createFindingBodySchema } from "./finding-schema.ts";
import { listFindings } from "./list-findings.ts";

const HASH = "a".repeat(64);
const OTHER_HASH = "b".repeat(64);
let db: TestDatabase;
let lab: Principal;
let clinic: Principal;
let stranger: Principal;
let order: string;
let clinicsOrder: string;
let strangersOrder: string;

async function makeOrder(principal: Principal, hash: string): Promise<string> {
  const [id] = await insertOrders(await makeConnection(principal), [{ number: "4711" }]);
  const { scanId } = await insertScan(principal.organisationId, id!);
  await database().scan.update({ where: { id: scanId }, data: { sha256: hash, state: "ready" } });
  return id!;
}

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal("lab");
  clinic = await makePrincipal("clinic");
  stranger = await makePrincipal("clinic");
  order = await makeOrder(lab, HASH);
  clinicsOrder = await makeOrder(clinic, HASH);
  strangersOrder = await makeOrder(stranger, OTHER_HASH);
});
afterAll(() => db.drop());

const body = (more: Record<string, unknown> = {}) =>
  createFindingBodySchema.parse({
    name: "Müller 36, mesial",
    value: "1.25 mm",
    geometry: {
      kind: "distance",
      points: [
        { scan: HASH, point: [1, 2, 3] },
        { scan: HASH, point: [1, 2, 4.25] },
      ],
    },
    view: {
      camera: { target: [0, 0, 0], rotation: [0, 0, 0, 1], spanMm: 70 },
      openingMm: 0,
      biteGroup: null,
      shown: [{ scan: HASH, visibility: "show", opacity: 1, colouring: "stone" }],
    },
    scans: [HASH],
    ...more,
  });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );

describe("findings", () => {
  it("come back as they were saved, with who saved them", async () => {
    const saved = await createFinding(lab, order, body());
    const { items } = await listFindings(lab, order);
    expect(items).toContainEqual(saved);
    expect(saved).toMatchObject({ name: "Müller 36, mesial", author: lab.name, own: true, shared: false });
    expect(saved.geometry).toEqual(body().geometry);
    expect(saved.view).toEqual(body().view);
  });

  it("are sealed: neither name nor words lie readable in the database", async () => {
    const { id } = await createFinding(lab, order, body({ message: "Frau Müller bites on 36" }));
    const row = await database().finding.findUniqueOrThrow({ where: { id } });
    expect(Buffer.from(row.contentSealed).toString("latin1")).not.toMatch(/ller|bites|1\.25/);
    expect(JSON.stringify({ ...row, contentSealed: null })).not.toContain("ller");
  });

  it("are private until shared, then the other side of the same order reads them, and nobody else", async () => {
    const { id } = await createFinding(lab, order, body({ name: "Too short" }));
    const seenBy = async (who: Principal, at: string) => (await listFindings(who, at)).items.map((item) => item.id);
    expect(await seenBy(clinic, clinicsOrder)).not.toContain(id);
    await changeFinding(lab, order, id, { shared: true });
    const shown = (await listFindings(clinic, clinicsOrder)).items.find((item) => item.id === id);
    expect(shown).toMatchObject({ name: "Too short", own: false, side: "lab", author: null });
    // The same vendor and number, but other bytes: another case.
    expect(await seenBy(stranger, strangersOrder)).not.toContain(id);
    expect(await codeOf(changeFinding(clinic, clinicsOrder, id, { name: "Fine" }))).toBe("not_found");
    expect(await codeOf(removeFinding(clinic, clinicsOrder, id))).toBe("not_found");
    await changeFinding(lab, order, id, { shared: false });
    expect(await seenBy(clinic, clinicsOrder)).not.toContain(id);
  });

  it("are answered by the other side while they are shared, and both read the thread", async () => {
    const { id } = await createFinding(lab, order, body({ name: "Margin?", message: "Is this the margin?" }));
    const answer = (text: string) => changeFinding(clinic, clinicsOrder, id, { message: text });
    expect(await codeOf(answer("Yes"))).toBe("not_found");
    await changeFinding(lab, order, id, { shared: true });
    const seen = await answer("Yes, Frau Müller's 36, distal too");
    expect(seen).toMatchObject({ own: false, thread: [{ side: "lab" }, { side: "clinic", author: clinic.name }] });
    await changeFinding(lab, order, id, { message: "Thank you" });
    const thread = (await listFindings(lab, order)).items.find((one) => one.id === id)!.thread;
    expect(thread.map(({ side, text, author }) => [side, text, author])).toEqual([
      ["lab", "Is this the margin?", lab.name],
      ["clinic", "Yes, Frau Müller's 36, distal too", null],
      ["lab", "Thank you", lab.name],
    ]);
    const rows = await database().findingReply.findMany({ where: { findingId: id } });
    expect(Buffer.from(rows[0]!.textSealed).toString("latin1")).not.toMatch(/ller|distal/);
    // Neither the name nor the sharing of somebody else's finding is the answering side's to change.
    expect(await codeOf(changeFinding(clinic, clinicsOrder, id, { message: "x", shared: false }))).toBe("not_found");
    expect(await codeOf(changeFinding(stranger, strangersOrder, id, { message: "Me too" }))).toBe("not_found");
    const forged = withOrganisation(stranger.organisationId, (tx) =>
      tx.findingReply.create({
        data: {
          organisationId: stranger.organisationId,
          findingId: id,
          findingOrganisationId: lab.organisationId,
          textSealed: new Uint8Array([1]),
          createdBy: stranger.userId,
        },
      }),
    );
    await expect(forged).rejects.toThrow();
    await changeFinding(lab, order, id, { shared: false });
    expect(await codeOf(answer("Still there?"))).toBe("not_found");
    await removeFinding(lab, order, id);
    expect(await database().findingReply.count({ where: { findingId: id } })).toBe(0);
  });

  it("are guarded by the database itself, whatever a query asks", async () => {
    const { id } = await createFinding(lab, order, body());
    const everything = (who: Principal) => withOrganisation(who.organisationId, (tx) => tx.finding.findMany({}));
    expect((await everything(stranger)).map((row) => row.id)).toEqual([]);
    expect((await everything(clinic)).map((row) => row.id)).not.toContain(id);
    const theft = withOrganisation(clinic.organisationId, (tx) =>
      tx.finding.updateMany({ where: { id }, data: { shared: true } }),
    );
    expect(await theft).toEqual({ count: 0 });
  });

  it("take messages one after the other, also from two people at once", async () => {
    const { id } = await createFinding(lab, order, body({ message: "Margin here?" }));
    const colleague = await addPrincipal(lab.organisationId, "lab", "staff");
    await Promise.all([
      changeFinding(lab, order, id, { message: "One" }),
      changeFinding(colleague, order, id, { message: "Two" }),
    ]);
    const item = (await listFindings(lab, order)).items.find((one) => one.id === id)!;
    expect(item.thread.map(({ text }) => text).toSorted()).toEqual(["Margin here?", "One", "Two"]);
    expect(item.thread.map(({ author }) => author)).toContain(colleague.name);
  });

  it("are refused to those who may only look, on foreign orders, and on scans that are not the order's", async () => {
    const viewer = await addPrincipal(lab.organisationId, "lab", "viewer");
    expect(await codeOf(createFinding(viewer, order, body()))).toBe("forbidden");
    expect((await listFindings(viewer, order)).items.length).toBeGreaterThan(0);
    expect(await codeOf(createFinding(clinic, order, body()))).toBe("not_found");
    expect(await codeOf(listFindings(clinic, order))).toBe("not_found");
    expect(await codeOf(createFinding(lab, order, body({ scans: [OTHER_HASH] })))).toBe("invalid_body");
  });

  it("leave their marks in the audit trail, without their words", async () => {
    const { id } = await createFinding(lab, order, body());
    await changeFinding(lab, order, id, { shared: true, name: "Frau Müller" });
    await removeFinding(lab, order, id);
    const trail = await database().auditEntry.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
    expect(trail.map(({ action }) => action)).toEqual([
      "finding.created",
      "finding.changed",
      "finding.shared",
      "finding.removed",
    ]);
    expect(JSON.stringify(trail.map(({ facts }) => facts))).not.toContain("ller");
    expect((await listFindings(lab, order)).items.map((item) => item.id)).not.toContain(id);
  });
});
