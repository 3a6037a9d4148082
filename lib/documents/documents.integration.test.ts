import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { database } from "#lib/database/database.ts";
import { newId } from "#lib/database/new-id.ts";
import { LINK_LIFE_MS, openChartLink } from "#lib/documents/chart-links.ts";
import { bringPictures, listChartPictures } from "#lib/documents/chart-pictures.ts";
import { fileIntoChart, listFilings } from "#lib/documents/file-into-chart.ts";
import { findPatients, namesAgree } from "#lib/documents/find-patients.ts";
import { readLabCaseChoices, saveLabCase } from "#lib/documents/lab-case.ts";
import { listChartCategories } from "#lib/documents/list-chart-categories.ts";
import { confirmPatient, readMatch, UNDO_MS, undoMatch } from "#lib/documents/match-patient.ts";
import { env } from "#lib/env.ts";
import { openPatient, sealPatient } from "#lib/orders/seal-order.ts";
import { dropFolder, findDropAccount } from "#lib/sftp-drop/drop-accounts.ts";
import { type SftpDrop, startSftpDrop } from "#lib/sftp-drop/start-sftp-drop.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { addPrincipal, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { connectAccount, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";

// Every call here keeps the vendor's pace, which the sandbox counts: an Enterprise key, one call per 500 ms.

const PORT = 4420;
/** The organisation itself is elsewhere. */
const OFFICE_ZONE = "America/Denver";
const JOHN = { patientKey: "101", secondIdentifier: { birthDate: "1984-03-02" } };
const PDF = () => new File(["%PDF-1.4 delivery note"], "note.pdf");
const PNG = () => new File([Buffer.from("89504e470d0a1a0a00", "hex")], "view.png");

let portal: PortalWithSandbox;
let drop: SftpDrop;
let admin: Principal;
let connection: string;
let orders: string[];

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 100 });
  const { sandbox } = portal;
  Object.assign(process.env, {
    OPEN_DENTAL_API_URL: sandbox.openDental,
    OPEN_DENTAL_DEVELOPER_KEY: sandbox.openDentalDeveloperKey,
    SFTP_DROP_HOST: "127.0.0.1",
    SFTP_DROP_PORT: String(PORT),
  });
  ({ admin } = await connectAccount("clinic", "clinic@davis.example"));
  drop = await startSftpDrop({ folder: dropFolder(), host: "127.0.0.1", port: PORT, find: findDropAccount });
  const { enterprise: customerKey } = sandbox.openDentalCustomerKeys;
  const credentials = { customerKey, pace: "enterprise", timeZone: OFFICE_ZONE };
  ({ id: connection } = await createConnection(admin, { vendor: "open-dental", credentials }));
  const rows = await database().order.findMany({
    // Not the one whose patient the sandbox has in the practice too.
    where: {
      organisationId: admin.organisationId,
      vendor: "meditlink",
      caseKey: { not: null },
      number: { not: "3706727" },
    },
    select: { id: true },
    orderBy: { number: "asc" },
  });
  orders = rows.map(({ id }) => id);
  expect(orders.length).toBeGreaterThan(12);
});
afterAll(async () => {
  await drop.close();
  await portal.close();
});

const office = () => portal.sandbox.world.openDental;
const filedIn = (patNum: number) =>
  office().state.documents.filter((one) => one.PatNum === patNum && one.Description.includes("[CB-"));
const confirm = (orderId: string, more: object = {}) =>
  confirmPatient(admin, orderId, { connection, confirmed: true, ...JOHN, ...more });
/** The next order nobody has touched in these tests. */
const nextOrder = () => orders.shift()!;

async function writePatient(orderId: string, change: { patientName?: string; patientCode?: string }) {
  const { organisationId } = admin;
  const row = await database().order.findUniqueOrThrow({ where: { id: orderId } });
  const patient = { ...openPatient(organisationId, orderId, row.patientSealed), ...change };
  const patientSealed = sealPatient(organisationId, orderId, patient);
  await database().order.update({ where: { id: orderId }, data: { patientSealed } });
}

describe("connecting Open Dental", () => {
  test("a key is tried out, its permissions are shown, the key itself is not", async () => {
    const row = await database().connection.findUniqueOrThrow({ where: { id: connection } });
    expect(row).toMatchObject({ vendor: "open-dental", side: "clinic", state: "connected", missingScopes: [] });
    expect(row.grantedScopes).toEqual(["ReadAll", "Documents", "AllOthers", "Enterprise"]);
    const { enterprise } = portal.sandbox.openDentalCustomerKeys;
    expect(JSON.stringify({ ...row, credentialEpoch: 0 })).not.toContain(enterprise);
    expect(Buffer.from(row.credentialsSealed!).includes(enterprise)).toBe(false);
  });

  test("F04: a wrong key is told as such and nothing is kept", async () => {
    const other = await makePrincipal("clinic", "admin");
    const wrong = createConnection(other, { vendor: "open-dental", credentials: { customerKey: "OdCustWrong0000" } });
    await expect(wrong).rejects.toMatchObject({ code: "vendor_credentials_wrong" });
    const malformed = createConnection(other, { vendor: "open-dental", credentials: { customerKey: "a/b" } });
    await expect(malformed).rejects.toMatchObject({ code: "invalid_body" });
    expect(await database().connection.count({ where: { organisationId: other.organisationId } })).toBe(0);
  });
});

describe("matching the patient", () => {
  test("the order's own code names the patient; a name finds others beside", async () => {
    const orderId = nextOrder();
    await writePatient(orderId, { patientCode: "101", patientName: "SMITH, Jöhn" });
    const search = { connection, lastName: "Smith", firstName: "John" };
    const { items } = await findPatients(admin, orderId, search);
    expect(items.map(({ key, how, nameAgrees }) => [key, how, nameAgrees])).toEqual([
      ["101", "code", true],
      ["102", "search", true],
    ]);
    expect(await confirm(orderId)).toMatchObject({ how: "code", patient: { key: "101" } });
  });

  test("names agree when every word of the chart's stands in the order's", () => {
    const order = { caseName: null, patientName: "Lucía Fernández", patientCode: null, description: null, tags: [] };
    expect(namesAgree({ firstName: "Lucia", lastName: "FERNANDEZ" }, order)).toBe(true);
    expect(namesAgree({ firstName: "Luis", lastName: "Fernández" }, order)).toBe(false);
    expect(namesAgree({ firstName: "Luis", lastName: "F" }, { ...order, patientName: null })).toBeNull();
  });

  test("the namesake's birth date, or a chart number of somebody else, confirms nobody", async () => {
    const orderId = nextOrder();
    for (const secondIdentifier of [{ birthDate: "1951-11-23" }, { chartNumber: "C102" }])
      await expect(confirm(orderId, { secondIdentifier })).rejects.toMatchObject({ code: "patient_differs" });
    // A patient without a birth date cannot be confirmed by one.
    const unknown = { patientKey: "106", secondIdentifier: { birthDate: "0001-01-01" } };
    await expect(confirm(orderId, unknown)).rejects.toMatchObject({ code: "patient_differs" });
    expect(await readMatch(admin, orderId)).toEqual({ match: null });
    await expect(fileIntoChart(admin, orderId, { kind: "picture" }, PNG())).rejects.toMatchObject({
      code: "chart_not_matched",
    });
    expect(await confirm(orderId, { secondIdentifier: { chartNumber: "C101" } })).toMatchObject({ how: "search" });
    await expect(confirm(orderId)).rejects.toMatchObject({ code: "action_not_available" });
  });

  test("taken back within its window, what was filed since is out of the chart again", async () => {
    const orderId = nextOrder();
    await confirm(orderId);
    await fileIntoChart(admin, orderId, { kind: "delivery_note" }, PDF());
    expect(filedIn(101)).toHaveLength(1);
    await undoMatch(admin, orderId);
    expect(filedIn(101)).toHaveLength(0);
    expect(await readMatch(admin, orderId)).toEqual({ match: null });
    expect((await listFilings(admin, orderId)).items).toMatchObject([{ state: "removed" }]);
    await confirm(orderId);
    const late = { now: () => new Date(Date.now() + UNDO_MS + 1_000) };
    await expect(undoMatch(admin, orderId, late)).rejects.toMatchObject({ code: "undo_too_late" });
  });

  test("a chart whose name or birth date was changed since takes nothing until the patient is confirmed again", async () => {
    const orderId = nextOrder();
    await confirm(orderId, { patientKey: "103", secondIdentifier: { birthDate: "1990-07-14" } });
    const grace = office().patients.find(({ PatNum }) => PatNum === 103)!;
    grace.LName = "Okafor-Reyes";
    const file = () => fileIntoChart(admin, orderId, { kind: "delivery_note" }, PDF());
    await expect(file()).rejects.toMatchObject({ code: "patient_changed" });
    await expect(saveLabCase(admin, orderId, { lab: "1", provider: "1", appointment: null })).rejects.toMatchObject({
      code: "patient_changed",
    });
    expect(filedIn(103)).toHaveLength(0);
    const again = await confirm(orderId, { patientKey: "103", secondIdentifier: { birthDate: "1990-07-14" } });
    expect(again.patient.lastName).toBe("Okafor-Reyes");
    expect(await file()).toMatchObject({ state: "filed" });
    grace.LName = "Okafor";
    await database().chartMatch.updateMany({ where: { orderId }, data: { undoneAt: new Date() } });
    office().state.documents = office().state.documents.filter((one) => !one.Description.includes("[CB-"));
  });

  test("every chart route says 404 for an order that is not here, before it says that no patient is confirmed", async () => {
    const nowhere = newId();
    const notFound = { code: "not_found" };
    await expect(listChartCategories(admin, nowhere)).rejects.toMatchObject(notFound);
    await expect(listChartPictures(admin, nowhere)).rejects.toMatchObject(notFound);
    await expect(readLabCaseChoices(admin, nowhere)).rejects.toMatchObject(notFound);
    await expect(undoMatch(admin, nowhere)).rejects.toMatchObject(notFound);
    await expect(listChartCategories(admin, orders[0]!)).rejects.toMatchObject({ code: "chart_not_matched" });
  });

  test("a foreign organisation, a viewer and a lab get nowhere", async () => {
    const orderId = orders[0]!;
    const stranger = await makePrincipal("clinic", "admin");
    await expect(readMatch(stranger, orderId)).rejects.toMatchObject({ code: "not_found" });
    await expect(findPatients(stranger, orderId, { connection })).rejects.toMatchObject({ code: "not_found" });
    const viewer = await addPrincipal(admin.organisationId, "clinic", "viewer");
    await expect(findPatients(viewer, orderId, { connection })).rejects.toMatchObject({ code: "forbidden" });
    await database().order.update({ where: { id: orderId }, data: { side: "lab" } });
    await expect(confirm(orderId)).rejects.toMatchObject({ code: "action_not_available" });
    await database().order.update({ where: { id: orderId }, data: { side: "clinic" } });
    expect(await database().chartMatch.count({ where: { orderId } })).toBe(0);
  });
});

describe("filing into the chart", () => {
  test("the same paper twice at the same moment, and once more, is in the chart once", async () => {
    const orderId = nextOrder();
    await confirm(orderId);
    const file = () =>
      fileIntoChart(admin, orderId, { kind: "delivery_note", teeth: [11, 36], description: "Note" }, PDF());
    const [a, b] = await Promise.all([file(), file()]);
    expect([a!.state, b!.state, (await file()).state]).toEqual(["filed", "filed", "filed"]);
    const [kept, ...others] = filedIn(101);
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ DocCategory: 14, ImgType: "Document", ToothNumbers: "8,19" });
    expect(kept!.Description).toMatch(/^Note \[CB-[0-9a-f]{12}\]$/);
    expect(Buffer.from(kept!.bytes!, "base64").toString()).toBe("%PDF-1.4 delivery note");
  });

  test("an answer that was lost is looked for before anything is written again", async () => {
    const orderId = nextOrder();
    await confirm(orderId, { patientKey: "103", secondIdentifier: { birthDate: "1990-07-14" } });
    const file = () => fileIntoChart(admin, orderId, { kind: "picture", category: "137" }, PNG());
    const lost = { vendor: "open-dental-api", method: "POST", fault: { kind: "resetAfterCommit" as const }, count: 1 };
    portal.sandbox.world.faults.arm(lost);
    await expect(file()).rejects.toMatchObject({ kind: "unavailable" });
    expect((await listFilings(admin, orderId)).items).toMatchObject([{ state: "sending" }]);
    expect(await file()).toMatchObject({ state: "filed", problem: null });
    expect(filedIn(103)).toMatchObject([{ ImgType: "Photo", DocCategory: 137 }]);
  });

  test("taken back, also what nobody knows to be there is out of the chart", async () => {
    const orderId = nextOrder();
    await confirm(orderId, { patientKey: "102", secondIdentifier: { birthDate: "1951-11-23" } });
    const lost = { vendor: "open-dental-api", method: "POST", fault: { kind: "resetAfterCommit" as const }, count: 1 };
    portal.sandbox.world.faults.arm(lost);
    await expect(fileIntoChart(admin, orderId, { kind: "picture" }, PNG())).rejects.toMatchObject({ noEffect: false });
    expect(filedIn(102)).toHaveLength(1);
    portal.sandbox.world.faults.arm({ ...lost, method: "DELETE", fault: { kind: "status", status: 500 } });
    await expect(undoMatch(admin, orderId)).rejects.toMatchObject({ kind: "unavailable" });
    expect((await readMatch(admin, orderId)).match).not.toBeNull();
    await undoMatch(admin, orderId);
    expect(filedIn(102)).toHaveLength(0);
  });

  test("an older office, which answers nothing, is asked for its list; one key cannot file twice there either", async () => {
    const orderId = nextOrder();
    await confirm(orderId, { patientKey: "104", secondIdentifier: { birthDate: "1978-01-30" } });
    portal.sandbox.world.live.openDentalGeneration = "older";
    expect(await fileIntoChart(admin, orderId, { kind: "delivery_note" }, PDF())).toMatchObject({ state: "filed" });
    portal.sandbox.world.live.openDentalGeneration = "newer";
    expect(filedIn(104)).toHaveLength(1);
    const row = await database().chartFiling.findFirstOrThrow({ where: { orderId } });
    expect(row.documentKey).toBe(String(filedIn(104)[0]!.DocNum));
  });

  test("a large paper goes by SFTP, and no account or file is left behind", async () => {
    const orderId = nextOrder();
    await confirm(orderId, { patientKey: "105", secondIdentifier: { birthDate: "2012-05-05" } });
    const large = Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(13_000_000, 0x20)]);
    await fileIntoChart(admin, orderId, { kind: "order_form" }, new File([large], "form.pdf"));
    const [kept] = filedIn(105);
    expect(Buffer.from(kept!.bytes!, "base64").equals(large)).toBe(true);
    expect(await database().sftpAccount.count()).toBe(0);
    expect(readdirSync(join(dropFolder(), "accounts"))).toEqual([]);
  });

  test("a portal without an SFTP site gives the practice a link of its own: unguessable, audited, withdrawn with the patient", async () => {
    const orderId = nextOrder();
    await confirm(orderId, { patientKey: "105", secondIdentifier: { birthDate: "2012-05-05" } });
    const large = Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(12_600_000, 0x20)]);
    const { SFTP_DROP_HOST } = env();
    Object.assign(env(), { SFTP_DROP_HOST: undefined });
    await fileIntoChart(admin, orderId, { kind: "delivery_note" }, new File([large], "note.pdf"));
    Object.assign(env(), { SFTP_DROP_HOST });
    const note = office().state.documents.find(({ Note }) => Note.startsWith("_download_:"))!.Note;
    const address = new URL(note.slice("_download_:".length));
    expect(address.href).toMatch(/^http:\/\/localhost:3000\/api\/links\/[\w-]{43}\.pdf$/);
    const name = address.pathname.split("/").at(-1)!;
    const { sha256, type } = await openChartLink(name);
    expect(type).toBe("application/pdf");
    expect((await buffer(await objectStore().open(sha256))).equals(large)).toBe(true);
    expect(JSON.stringify(await database().$queryRaw`SELECT l::text FROM chart_links l`)).not.toContain(
      name.slice(0, 43),
    );
    for (const wrong of [name.replace(".pdf", ".png"), `A${name.slice(1)}`, "x", ""])
      await expect(openChartLink(wrong)).rejects.toMatchObject({ code: "not_found" });
    const late = { now: () => new Date(Date.now() + LINK_LIFE_MS + 1_000) };
    await expect(openChartLink(name, late)).rejects.toMatchObject({ code: "not_found" });
    expect(await database().auditEntry.count({ where: { action: "chart.link_opened", subjectId: orderId } })).toBe(1);
    await undoMatch(admin, orderId);
    await expect(openChartLink(name)).rejects.toMatchObject({ code: "not_found" });
  });

  test("our own delivery note and the order form are PDFs, and are in the chart once however often they are printed", async () => {
    const orderId = nextOrder();
    await confirm(orderId, { patientKey: "104", secondIdentifier: { birthDate: "1978-01-30" } });
    const before = filedIn(104).length;
    for (const kind of ["delivery_note", "order_form", "delivery_note"] as const)
      expect(await fileIntoChart(admin, orderId, { kind })).toMatchObject({ state: "filed" });
    const papers = filedIn(104).slice(before);
    expect(papers).toHaveLength(2);
    for (const { bytes } of papers) expect(Buffer.from(bytes!, "base64").subarray(0, 5).toString()).toBe("%PDF-");
  });

  test("what is neither PDF nor picture is not filed", async () => {
    const orderId = nextOrder();
    await confirm(orderId);
    const file = new File(["<script>alert(1)</script>"], "note.pdf");
    await expect(fileIntoChart(admin, orderId, { kind: "delivery_note" }, file)).rejects.toMatchObject({
      code: "unsupported_format",
    });
    expect((await listChartCategories(admin, orderId)).items.find(({ isProposed }) => isProposed)?.name).toBe(
      "Lab Cases",
    );
  });
});

describe("bringing pictures over, and the lab case", () => {
  test("pictures come with thumbnails; chosen ones become attachments; a stranger's picture does not exist", async () => {
    const orderId = nextOrder();
    await confirm(orderId);
    const { items } = await listChartPictures(admin, orderId);
    expect(items.map(({ kind }) => kind).sort()).toEqual(["document", "mount"]);
    const photo = items.find(({ kind }) => kind === "document")!;
    expect(photo.thumbnail).toMatch(/^data:image\/png;base64,/);
    const pictures = items.map(({ kind, key }) => ({ kind, key }));
    const { uploads } = await bringPictures(admin, orderId, { pictures });
    expect(uploads.map(({ name, state }) => [name, state]).sort()).toEqual([
      [`chart-document-${photo.key}.png`, "waiting"],
      ["chart-mount-15.jpg", "waiting"],
    ]);
    const foreign = office().state.documents.find(({ PatNum }) => PatNum === 102)!;
    const stolen = bringPictures(admin, orderId, { pictures: [{ kind: "document", key: String(foreign.DocNum) }] });
    await expect(stolen).rejects.toMatchObject({ code: "not_found" });
    expect(await database().sftpAccount.count()).toBe(0);
  });

  test("a lab case is made once and kept up to date; what the practice wrote stays", async () => {
    const orderId = nextOrder();
    await confirm(orderId);
    await database().order.update({
      where: { id: orderId },
      data: { dueOn: new Date("2026-12-01"), status: "pending" },
    });
    const { labs, providers, appointments, labCase } = await readLabCaseChoices(admin, orderId);
    expect([labs.length, providers.length, appointments.length, labCase]).toEqual([2, 2, 3, null]);
    const choice = { lab: labs[0]!.key, provider: providers[0]!.key, appointment: appointments[0]!.key };
    const { key } = await saveLabCase(admin, orderId, choice);
    const made = office().state.labCases.find(({ LabCaseNum }) => String(LabCaseNum) === key)!;
    expect(made).toMatchObject({
      PatNum: 101,
      DateTimeDue: "2026-12-01 00:00:00",
      DateTimeRecd: "0001-01-01 00:00:00",
    });
    const { receivedAt } = await database().order.findUniqueOrThrow({ where: { id: orderId } });
    const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: OFFICE_ZONE, dateStyle: "short", timeStyle: "medium" });
    expect(made.DateTimeSent).toBe(clock.format(receivedAt));
    made.Instructions += " Call before delivery.";
    await database().order.update({
      where: { id: orderId },
      data: { status: "completed", vendorUpdatedAt: new Date() },
    });
    expect(await saveLabCase(admin, orderId, choice)).toEqual({ key });
    expect(office().state.labCases.filter(({ PatNum }) => PatNum === 101)).toHaveLength(1);
    expect(made.DateTimeRecd).not.toMatch(/^0001/);
    expect(made.Instructions).toMatch(/Call before delivery\.$/);
    await undoMatch(admin, orderId);
    expect(office().state.labCases.filter(({ PatNum }) => PatNum === 101)).toHaveLength(0);
  });

  test("F12, F60: the office counted no call too early and no departure; the trail holds no name", async () => {
    const departures = portal.sandbox.world.calls.violations().filter(({ vendor }) => vendor === "open-dental-api");
    expect(departures).toEqual([]);
    const trail = await database().auditEntry.findMany({ where: { action: { startsWith: "chart." } } });
    expect(new Set(trail.map(({ action }) => action)).size).toBeGreaterThanOrEqual(6);
    const kept = JSON.stringify(
      [trail.map(({ facts }) => facts), await database().orderEvent.findMany()],
      (_, value) => (typeof value === "bigint" ? String(value) : value),
    );
    expect(kept).not.toMatch(/Smith|Okafor|1984-03-02|OdCust/);
  });
});
