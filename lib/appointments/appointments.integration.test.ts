import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FaultOrder } from "#e2e/sandbox/faults.ts";
import { PASSWORD } from "#e2e/sandbox/settings.ts";
import type { Principal } from "#lib/access/principal.ts";
import { respondVendorFile } from "#lib/api/respond-vendor-file.ts";
import { findAppointments } from "#lib/appointments/find-appointments.ts";
import { linkAppointment, unlinkAppointment } from "#lib/appointments/link-appointment.ts";
import { deleteRecording, playRecording } from "#lib/appointments/play-recording.ts";
import { readAppointment } from "#lib/appointments/read-appointment.ts";
import { readVisitNote } from "#lib/appointments/read-visit-note.ts";
import { sendDocument } from "#lib/appointments/send-document.ts";
import { callVendorEndpoint } from "#lib/connections/call-vendor-endpoint.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { readCredentials } from "#lib/connections/credential-lease.ts";
import { database } from "#lib/database/database.ts";
import { openPatient } from "#lib/orders/seal-order.ts";
import { Canaries, dumpDatabase, recordLog } from "#lib/testing/canaries.ts";
import { addPrincipal, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { connectAccount, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";

const DAY = 86_400_000;
const ACCOUNT = { email: "medisync@davis.example", password: PASSWORD };

let portal: PortalWithSandbox;
let admin: Principal;
let connection: string;
let orders: { id: string; number: string; tooth: number; shade: string; due: string; received: string; last: string }[];

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 100 });
  ({ admin } = await connectAccount("clinic", "clinic@davis.example"));
  ({ id: connection } = await createConnection(admin, { vendor: "medisync", credentials: ACCOUNT }));
  const { organisationId } = admin;
  const rows = await database().order.findMany({
    where: { organisationId, vendor: "meditlink", dueOn: { not: null } },
  });
  orders = rows.flatMap((row) => {
    const [first] = row.restorations as { tooth: { fdi: number } | null; shade: string | null }[];
    const name = openPatient(organisationId, row.id, row.patientSealed).patientName ?? "";
    if (!first?.tooth || !/^[A-D]\d$/.test(first.shade ?? "") || !name.includes(" ")) return [];
    return {
      id: row.id,
      number: row.number,
      tooth: first.tooth.fdi,
      shade: first.shade!,
      due: row.dueOn!.toISOString().slice(0, 10),
      received: row.receivedAt.toISOString().slice(0, 10),
      last: name.split(" ").at(-1)!,
    };
  });
  expect(orders.length).toBeGreaterThan(2);
});
afterAll(() => portal.close());
beforeEach(() => {
  portal.sandbox.world.faults.disarm();
  portal.sandbox.world.live.medisyncCallsPerHour = 0;
});

const practice = () => portal.sandbox.world.medisync;
const plus = (day: string, days: number) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
const order = (index = 0) => orders[index]!;
const arm = (fault: FaultOrder["fault"], more: Partial<FaultOrder> = {}) =>
  portal.sandbox.world.faults.arm({ vendor: "medisync-api", fault, count: 1, ...more });

/** The order's patient comes in: consultation on the day of the order, seating the day before the lab is done. */
function comesIn({ received, due, tooth, last }: (typeof orders)[number], more: { note?: string | null } = {}) {
  return practice().addVisits({
    doctor: ACCOUNT.email,
    patient: { firstName: "Same", lastName: last, dateOfBirth: "1980-01-17" },
    note: `<p>Crown on tooth ${tooth}, shade C4.</p>`,
    transcription: `Tooth ${tooth} is prepared.`,
    recorded: true,
    consultationOn: received,
    tryInOn: plus(due, -3),
    seatingOn: plus(due, 2),
    ...more,
  });
}
const link = (which: (typeof orders)[number], appointmentKey: string) =>
  linkAppointment(admin, which.id, { connection, appointmentKey, confirmed: true });
const unlink = (which: (typeof orders)[number]) => unlinkAppointment(admin, which.id).catch(() => {});

describe("linking an order with its appointment", () => {
  test("the connection is a clinic's, knows its plan and keeps its password sealed", async () => {
    const row = await database().connection.findUniqueOrThrow({ where: { id: connection } });
    expect(row).toMatchObject({ vendor: "medisync", side: "clinic", grantedScopes: ["plan:standard"] });
    expect(Buffer.from(row.credentialsSealed!).includes(PASSWORD)).toBe(false);
  });

  test("appointments of patients with the order's name are shown, the nearest proposed and none linked", async () => {
    const { consultation } = comesIn(order());
    const { items, searchedFor } = await findAppointments(admin, order().id, { connection });
    expect(searchedFor).toBe(order().last);
    expect(items.map(({ key }) => key)).toContain(consultation);
    expect(items.every(({ patient }) => patient?.name.includes(order().last))).toBe(true);
    expect((await readAppointment(admin, order().id)).link).toBeNull();
    expect((await findAppointments(admin, order().id, { connection, name: "Nobody Atall" })).items).toEqual([]);
  });

  test("a person confirms; the lab's day after the try-in is warned of, and the seating after it is not", async () => {
    const { consultation, tryIn, seating } = comesIn(order());
    const linked = await link(order(), consultation);
    expect(linked.patient).toMatchObject({ name: `Same ${order().last}`, birthDate: "1980-01-17" });
    expect(linked.visits.map(({ key }) => key)).toEqual([tryIn, seating]);
    expect(linked.warnings).toMatchObject([
      { type: "due_after", visit: { kind: "try_in", day: plus(order().due, -3) } },
    ]);
    const { link: read, connections } = await readAppointment(admin, order().id);
    expect(read).toEqual(linked);
    expect(connections).toMatchObject([{ id: connection, vendorName: "MediSync" }]);
    await expect(link(order(), consultation)).rejects.toMatchObject({ code: "action_not_available" });
  });

  test("taken back, the order is free for another appointment; the history tells both", async () => {
    await unlinkAppointment(admin, order().id);
    expect((await readAppointment(admin, order().id)).link).toBeNull();
    await expect(unlinkAppointment(admin, order().id)).rejects.toMatchObject({ code: "appointment_not_linked" });
    const events = await database().orderEvent.findMany({
      where: { orderId: order().id, kind: { startsWith: "appointment" } },
    });
    expect(events.map(({ kind }) => kind).sort()).toEqual(["appointment_linked", "appointment_unlinked"]);
  });

  test("an appointment that is not there cannot be linked; one that went is told as gone", async () => {
    await expect(link(order(), "f".repeat(24))).rejects.toMatchObject({ code: "appointment_gone" });
    const { consultation } = comesIn(order());
    await link(order(), consultation);
    const { state } = practice();
    state.appointments = state.appointments.filter(({ _id }) => _id !== consultation);
    await expect(readVisitNote(admin, order().id)).rejects.toMatchObject({ code: "appointment_gone" });
    expect((await readAppointment(admin, order().id)).link).not.toBeNull();
    await unlink(order());
  });

  test("a viewer reads and links nothing; another organisation finds nothing; a lab has no appointments", async () => {
    const viewer = await addPrincipal(admin.organisationId, "clinic", "viewer");
    await expect(findAppointments(viewer, order().id, { connection })).rejects.toMatchObject({ code: "forbidden" });
    expect((await readAppointment(viewer, order().id)).link).toBeNull();
    const stranger = await makePrincipal("clinic", "admin");
    await expect(readAppointment(stranger, order().id)).rejects.toMatchObject({ code: "not_found" });
    await expect(findAppointments(stranger, order().id, { connection })).rejects.toMatchObject({ code: "not_found" });
    const { admin: lab } = await connectAccount("lab", "lab@onelab.example");
    const own = await database().order.findFirstOrThrow({ where: { organisationId: lab.organisationId } });
    await expect(readAppointment(lab, own.id)).rejects.toMatchObject({ code: "action_not_available" });
  });
});

describe("reading what was noted", () => {
  test("note and transcription come as text, with the shade that the order has otherwise", async () => {
    const { tooth, shade } = order();
    await link(order(), comesIn(order()).consultation);
    const { texts, recorded, document, link: read } = await readVisitNote(admin, order().id);
    expect(texts.map(({ source, text }) => [source, text])).toEqual([
      ["note", `Crown on tooth ${tooth}, shade C4.`],
      ["transcription", `Tooth ${tooth} is prepared.`],
    ]);
    expect(texts[0]!.differences).toContainEqual({
      type: "shade_differs",
      shade: "C4",
      ordered: [shade],
      teeth: [tooth],
    });
    expect({ recorded, document }).toEqual({ recorded: true, document: null });
    expect(read.warnings).toHaveLength(1);
    const stored = await dumpDatabase();
    expect(JSON.stringify(stored)).not.toContain("shade C4");
  });

  test("a visit that is moved at the practice is seen with the next reading, with its time", async () => {
    const before = (await readAppointment(admin, order().id)).link!;
    const moved = practice().state.appointments.find(({ _id }) => _id === before.visits[0]!.key)!;
    moved.date = plus(order().due, 1);
    expect((await readVisitNote(admin, order().id)).link.warnings).toEqual([]);
    const after = (await readAppointment(admin, order().id)).link!;
    expect(after.warnings).toEqual([]);
    expect(after.readAt > before.readAt).toBe(true);
  });
});

describe("the dictation", () => {
  const whole = async () => buffer((await playRecording(admin, order().id, null)).body);

  test("is streamed through us, whole and in parts, and each playing is in the trail", async () => {
    const bytes = await whole();
    expect(bytes.subarray(0, 4).toString()).toBe("RIFF");
    for (const [range, from, to] of [
      ["bytes=100-199", 100, 200],
      ["bytes=-50", bytes.length - 50, bytes.length],
      ["bytes=90000-", 90_000, bytes.length],
    ] as const) {
      const request = new Request("http://localhost/recording", { headers: { range } });
      const response = respondVendorFile(request, await playRecording(admin, order().id, range));
      expect([response.status, response.headers.get("content-range")]).toEqual([
        206,
        `bytes ${from}-${to - 1}/${bytes.length}`,
      ]);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes.subarray(from, to));
    }
    const beyond = new Request("http://localhost/recording", { headers: { range: "bytes=9999999-" } });
    const opened = await playRecording(admin, order().id, "bytes=9999999-");
    expect(() => respondVendorFile(beyond, opened)).toThrow(expect.objectContaining({ code: "range_not_satisfiable" }));
    const played = await database().auditEntry.count({ where: { action: "appointment.recording_played" } });
    expect(played).toBe(1);
  });

  test("is deleted for good when a person says so twice, and in the trail before it is done", async () => {
    const { link: read } = await readAppointment(admin, order().id);
    const has = () =>
      practice().state.recordings.some(({ appointment_id }) => appointment_id === read!.appointment.key);
    arm({ kind: "status", status: 500 }, { method: "DELETE" });
    await expect(deleteRecording(admin, order().id, { confirmed: true })).rejects.toMatchObject({
      kind: "unavailable",
    });
    expect(has()).toBe(true);
    await deleteRecording(admin, order().id, { confirmed: true });
    expect(has()).toBe(false);
    await expect(whole()).rejects.toMatchObject({ kind: "not_found" });
    const trail = await database().auditEntry.findMany({
      where: { action: { startsWith: "appointment.recording_del" } },
      orderBy: { seq: "asc" },
    });
    expect(trail.map(({ action }) => action.split(".")[1])).toEqual([
      "recording_deletion_asked",
      "recording_deletion_asked",
      "recording_deleted",
    ]);
    expect((await readVisitNote(admin, order().id)).recorded).toBe(false);
  });
});

describe("the appointment's document", () => {
  const documents = () => practice().state.documents;

  test("the delivery note is sent once, a PDF whose name tells nothing of the patient", async () => {
    const sent = await sendDocument(admin, order().id, { kind: "delivery_note" });
    expect(sent.name).toMatch(new RegExp(`^delivery-note-${order().number}-[0-9a-f]{10}\\.pdf$`));
    expect(documents()).toHaveLength(1);
    expect(Buffer.from(documents()[0]!.base64, "base64").subarray(0, 5).toString()).toBe("%PDF-");
    await sendDocument(admin, order().id, { kind: "delivery_note" });
    expect(documents()).toHaveLength(1);
    expect((await readVisitNote(admin, order().id)).document).toEqual({ name: sent.name, kind: "delivery_note" });
  });

  test("where there is one already, ours or somebody else's, nothing is sent", async () => {
    const again = sendDocument(admin, order().id, { kind: "order_form" });
    await expect(again).rejects.toMatchObject({ code: "appointment_has_document" });
    expect(documents()).toHaveLength(1);
  });

  test("an answer that is lost leaves one document, and trying again finds it", async () => {
    await link(order(1), comesIn(order(1)).consultation);
    arm({ kind: "resetAfterCommit" }, { path: "/documents/add/" });
    await expect(sendDocument(admin, order(1).id, { kind: "order_form" })).rejects.toMatchObject({
      kind: "unavailable",
    });
    expect(documents()).toHaveLength(2);
    const sent = await sendDocument(admin, order(1).id, { kind: "order_form" });
    expect(documents().map(({ document_key }) => document_key)[1]).toContain(sent.name);
    expect(documents()).toHaveLength(2);
  });

  test("a vendor that takes no more is heard, though it named none", async () => {
    await link(order(2), comesIn(order(2)).consultation);
    arm(
      { kind: "status", status: 400, body: '{"success":false,"error":"Document already exists"}' },
      { method: "POST" },
    );
    const refused = sendDocument(admin, order(2).id, { kind: "order_form" });
    await expect(refused).rejects.toMatchObject({ code: "appointment_has_document" });
  });
});

describe("it survives", () => {
  test("F04: a token that dies costs one sign-in, and what was asked for is read", async () => {
    const { calls } = portal.sandbox.world;
    const before = calls.tokenCallsSince(0).length;
    practice().revokedBefore.set(practice().signIn(ACCOUNT.email, PASSWORD)!.uid, 1e9);
    await readVisitNote(admin, order().id).catch(() => {});
    expect(calls.tokenCallsSince(0).length).toBeLessThanOrEqual(before + 1);
    practice().revokedBefore.clear();
    expect((await readVisitNote(admin, order().id)).texts).toHaveLength(2);
  });

  test("F12: the budget of the hour is shared by everything, and the vendor never counts one too many", async () => {
    await database()
      .$executeRaw`UPDATE vendor_budgets SET n = 990 WHERE kind = 'call' AND minute = (SELECT max(minute) FROM vendor_budgets)`;
    const before = portal.sandbox.world.calls.since(0).length;
    const error = await readVisitNote(admin, order().id).catch((thrown) => thrown);
    expect(error).toMatchObject({ kind: "rate_limited", noEffect: true });
    expect(error.retryAfterMs).toBeGreaterThan(50 * 60_000);
    expect(portal.sandbox.world.calls.since(0)).toHaveLength(before);
    await database().vendorBudget.deleteMany();
  });

  test("the proxy passes files both ways and nothing that the table does not know", async () => {
    const { consultation } = comesIn(order(1), { note: null });
    const query = new URLSearchParams({ connection });
    const ask = (method: string, path: string, more = {}) =>
      callVendorEndpoint(admin, { vendor: "medisync", method, path, query, ...more });
    const played = await ask("GET", `/recordings/get/${consultation}`);
    expect("file" in played && (await buffer(played.file.body)).subarray(0, 4).toString()).toBe("RIFF");
    const pdf = { file: async () => new File(["%PDF-1.4"], "../../x.pdf", { type: "application/pdf" }) };
    expect(await ask("POST", `/documents/add/${consultation}`, pdf)).toMatchObject({ status: 201 });
    expect(documentsNames()).toContain("x.pdf");
    const audio = { file: async () => new File(["x"], "x.wav", { type: "text/html" }) };
    await expect(ask("POST", `/recordings/add/${consultation}`, audio)).rejects.toMatchObject({
      code: "unsupported_format",
    });
    await expect(ask("POST", `/recordings/add/${consultation}`)).rejects.toMatchObject({ code: "invalid_body" });
    await expect(ask("GET", "/settings/users")).rejects.toMatchObject({ code: "not_found" });
    await expect(ask("POST", "/login")).rejects.toMatchObject({ code: "not_found" });
  });
  const documentsNames = () => practice().state.documents.at(-1)!.document_key;

  test("F60: no name, note, token or password is open in the database or the log", async () => {
    const canaries = new Canaries();
    for (const { last } of orders) canaries.add("patient", `Same ${last}`);
    canaries.add("note", "shade C4.", "is prepared.");
    const signIn = { email: ACCOUNT.email, password: PASSWORD };
    const held = (await readCredentials(admin.organisationId, connection))!;
    canaries.add("token", held.credentials!.accessToken, held.credentials!.accessToken.split(".")[2]);
    const log = recordLog();
    arm(
      { kind: "status", status: 500, body: `{"success":false,"message":"Same ${order().last} ${signIn.email}"}` },
      { count: 9 },
    );
    await readVisitNote(admin, order().id).catch(() => {});
    portal.sandbox.world.faults.disarm();
    await readVisitNote(admin, order().id).catch(() => {});
    log.stop();
    expect(canaries.findIn("log", log.text())).toEqual([]);
    for (const { table, text } of await dumpDatabase()) expect(canaries.findIn(table, text)).toEqual([]);
    expect(portal.sandbox.world.calls.violations().filter(({ vendor }) => vendor === "medisync-api")).toEqual([]);
  });
});
