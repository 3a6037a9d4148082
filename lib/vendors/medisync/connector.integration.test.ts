import { randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FaultOrder } from "#e2e/sandbox/faults.ts";
import { PASSWORD } from "#e2e/sandbox/settings.ts";
import { type Sandbox, startSandbox } from "#e2e/sandbox/start-sandbox.ts";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import type { VendorErrorKind } from "#lib/vendors/error.ts";
import { vendorFetch, vendorStream } from "#lib/vendors/http.ts";
import { medisync } from "#lib/vendors/medisync/connector.ts";
import type { PasswordAuth } from "#lib/vendors/vendor-auth.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const ZONE = "Asia/Seoul";
const visits = medisync.appointments!;
const auth = medisync.auth as PasswordAuth;

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 10, triangles: 500 });
  process.env.MEDISYNC_API_URL = sandbox.medisync;
  token = await signIn();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.world.faults.disarm();
  Object.assign(sandbox.world.live, { medisyncErrors: "business", medisyncCallsPerHour: 0 });
});

async function signIn(email = "medisync@davis.example"): Promise<string> {
  return (await auth.signIn({ email, password: PASSWORD })).accessToken;
}
/** A session of its own: no test's failures close another one's breaker. */
function session(accessToken = token): VendorSession {
  const ids = { connectionId: randomUUID(), organisationId: randomUUID() };
  return { ...ids, baseUrl: auth.baseUrl(), accessToken, groupKey: null, region: "default" };
}
const endpoint = (name: string): Endpoint => medisync.endpoints.find((one) => one.name === name)!;
const call = async (name: string, input: Parameters<typeof vendorFetch>[2] = {}, by = session()) =>
  (await vendorFetch(by, endpoint(name), input)).value as Record<string, never>;
/** A patient with a dictated consultation. */
const visit = (more: { note?: string | null; recorded?: boolean } = {}) =>
  sandbox.world.medisync.addVisits({
    doctor: "medisync@davis.example",
    patient: { firstName: "Jane", lastName: "Smith", dateOfBirth: "1985-03-15" },
    note: "Crown on tooth 11, shade A3",
    transcription: "Tooth eleven, shade A3",
    recorded: true,
    consultationOn: "2026-03-01",
    tryInOn: "2026-03-08",
    seatingOn: "2026-03-12",
    ...more,
  });
const arm = (fault: FaultOrder["fault"], more: Partial<FaultOrder> = {}) =>
  sandbox.world.faults.arm({ vendor: "medisync-api", fault, count: 1, ...more });
const WAV = { name: "dictation.wav", type: "audio/wav", bytes: new Blob(["RIFF and so on"]) };

describe("MediSync", () => {
  test("a token lives a day", async () => {
    const { accessExpiresAt } = await auth.signIn({ email: "medisync@davis.example", password: PASSWORD });
    expect(Math.round((accessExpiresAt.getTime() - Date.now()) / 60_000)).toBe(24 * 60);
  });

  test("F04: a wrong password is told as such", async () => {
    const wrong = auth.signIn({ email: "medisync@davis.example", password: "no" });
    await expect(wrong).rejects.toMatchObject({ kind: "credentials", status: 401 });
  });

  test("the account says whose it is and what it has paid for", async () => {
    const account = await medisync.identify(session(), "MediSync@Davis.example");
    expect(account).toMatchObject({
      account: "medisync@davis.example",
      side: "clinic",
      permissions: ["plan:standard"],
    });
    const premium = await medisync.identify(session(await signIn("medisync@lindner.example")));
    expect(premium.accountKey).not.toBe(account.accountKey);
    expect(auth.perHour!(account.permissions!)).toEqual({ call: 990, upload: 50 });
    expect(auth.perHour!(premium.permissions!)).toEqual({ call: 4_990, upload: 200 });
  });

  test.each([404, 403])(
    "an API that answers %i to the subscription counts as standard, and the token is proved all the same",
    async (status) => {
      arm({ kind: "status", status }, { path: "subscription" });
      expect((await medisync.identify(session())).permissions).toEqual(["plan:standard"]);
      arm({ kind: "status", status: 404 }, { path: "subscription" });
      await expect(medisync.identify(session("dead"))).rejects.toMatchObject({ kind: "token" });
    },
  );

  test("Appointments: made, listed, read; days and times are the practice's own", async () => {
    const { patient } = visit();
    const body = { name: "Try-in bridge", date: "2026-03-29", time: "02:30", patient_id: patient, status: "planned" };
    const made = (await call("addAppointment", { body })) as unknown as { _id: string };
    const read = await visits.get(session(), made._id, ZONE);
    expect(read).toMatchObject({
      kind: "try_in",
      day: "2026-03-29",
      time: "02:30",
      patientKey: patient,
      documentKey: null,
    });
    expect((await visits.list(session(), ZONE)).find(({ key }) => key === made._id)).toEqual(read);
    await expect(visits.get(session(), "0".repeat(24), ZONE)).rejects.toMatchObject({ kind: "not_found" });
  });

  test("403 says subscription, to whoever has none", async () => {
    const body = { name: "Try-in", date: "2026-03-29", time: "10:00" };
    const unpaid = session(await signIn("medisync@unpaid.example"));
    await expect(call("addAppointment", { body }, unpaid)).rejects.toMatchObject({
      kind: "subscription",
      noEffect: true,
    });
  });

  test("Recordings: one per appointment, uploaded as a form, listed, deleted for good", async () => {
    const { consultation: appointmentId } = visit({ recorded: false });
    const made = (await call("addRecording", { params: { appointmentId }, file: WAV })) as unknown as { _id: string };
    const again = call("addRecording", { params: { appointmentId }, file: WAV });
    await expect(again).rejects.toMatchObject({ kind: "conflict", noEffect: true });
    const all = (await call("listRecordings")) as unknown as { rows: { _id: string }[] };
    expect(all.rows.map(({ _id }) => _id)).toContain(made._id);
    expect(await call("recordingsOf", { params: { appointmentId } })).toMatchObject({ rows: [{ _id: made._id }] });
    const opened = await visits.openRecording(session(), appointmentId, null);
    expect((await buffer(opened.body)).toString()).toBe("RIFF and so on");
    await visits.removeRecording(session(), appointmentId);
    await expect(visits.removeRecording(session(), appointmentId)).rejects.toMatchObject({ kind: "not_found" });
    await expect(visits.openRecording(session(), appointmentId, null)).rejects.toMatchObject({ kind: "not_found" });
  });

  test("a dictation is streamed as the audio it is", async () => {
    const opened = await visits.openRecording(session(), visit().consultation, null);
    expect(opened).toMatchObject({ type: "audio/wav", part: null });
    const bytes = await buffer(opened.body);
    expect(bytes.length).toBe(opened.totalBytes);
    expect(bytes.subarray(0, 4).toString()).toBe("RIFF");
  });

  test("Transcriptions: made once, read back as text; none is no failure", async () => {
    const { consultation } = visit();
    const appointment = await visits.get(session(), consultation, ZONE);
    expect(await visits.transcription(session(), appointment)).toBe("Tooth eleven, shade A3");
    const input = { params: { appointmentId: consultation }, body: { transcription: "again" } };
    await expect(call("addTranscription", input)).rejects.toMatchObject({ kind: "conflict" });
    const body = { name: "Consultation", date: "2026-03-01", time: "10:00" };
    const { _id } = (await call("addAppointment", { body })) as unknown as { _id: string };
    const bare = await visits.get(session(), _id, ZONE);
    expect(await visits.transcription(session(), bare)).toBeNull();
    await call("addTranscription", { params: { appointmentId: _id }, body: { transcription: "Tooth 21" } });
    expect(await visits.transcription(session(), bare)).toBe("Tooth 21");
    await call("updateTranscription", { params: { appointmentId: _id }, body: { transcription: "Tooth 22" } });
    expect(await visits.transcription(session(), bare)).toBe("Tooth 22");
  });

  test("Notes: written, read, written anew by the vendor; an appointment without one has none", async () => {
    const { consultation: id } = visit({ note: null });
    expect(await visits.notes(session(), id)).toEqual([]);
    await call("saveNote", { params: { id }, body: { notes: "Crown 11, A2", summary: "Crown" } });
    await call("saveNote", { params: { id }, body: { notes: "Crown 11, A3" } });
    expect(await visits.notes(session(), id)).toMatchObject([{ text: "Crown 11, A3", summary: "Crown" }]);
    const body = { notes_template_type: "soap_note", language: "en" };
    expect((await call("regenerateNotes", { params: { id }, body })).notes).toContain("soap_note");
    expect(await call("predictDiagnosis", { params: { id } })).toMatchObject({
      diagnosis_prediction: { status: "generated" },
    });
    expect((await call("listNotes")).rows).not.toEqual([]);
  });

  test("Notes: a part is changed and the rest stays; summary, feedback and diagnosis are read alone", async () => {
    const { consultation: id } = visit({ note: "Crown 11, A2" });
    await call("updateNote", { params: { id }, body: { summary: "Crown" } });
    expect(await visits.notes(session(), id)).toMatchObject([{ text: "Crown 11, A2", summary: "Crown" }]);
    expect(await call("noteSummary", { params: { id } })).toEqual({ summary: "Crown" });
    expect(await call("noteFeedback", { params: { id } })).toEqual({ feedback_score: null });
    await call("updateFeedback", { params: { id }, body: { feedback_score: 4.5 } });
    expect(await call("noteFeedback", { params: { id } })).toEqual({ feedback_score: 4.5 });
    expect(await call("diagnosisOf", { params: { id } })).toEqual({ diagnosis_prediction: null });
    await call("updateDiagnosis", { params: { id }, body: { main_diagnosis: "Caries", icd_code: "K02.1" } });
    expect(await call("diagnosisOf", { params: { id } })).toMatchObject({
      diagnosis_prediction: { status: "generated", icd_code: "K02.1" },
    });
  });

  test.each(["business", "rest"] as const)(
    "Documents: one PDF per appointment; both error styles are understood (%s)",
    async (style) => {
      sandbox.world.live.medisyncErrors = style;
      const { consultation } = visit();
      const read = () => visits.get(session(), consultation, ZONE);
      expect(await visits.document(session(), await read())).toBeNull();
      const file = { name: "order form.pdf", bytes: Buffer.from("%PDF-1.4 a form") };
      await visits.addDocument(session(), consultation, file);
      expect(await visits.document(session(), await read())).toEqual({ name: "order form.pdf" });
      expect(await visits.document(session(), { ...(await read()), documentKey: undefined })).toEqual({
        name: "order form.pdf",
      });
      await expect(visits.addDocument(session(), consultation, file)).rejects.toMatchObject({
        kind: "conflict",
        noEffect: true,
      });
      const params = { appointmentId: consultation };
      const opened = await vendorStream(session(), endpoint("downloadDocument"), { params }, null);
      expect(opened.type).toBe("application/pdf");
      expect(await buffer(opened.body)).toEqual(file.bytes);
      await call("deleteDocument", { params });
      expect(await visits.document(session(), await read())).toBeNull();
      const image = visits.addDocument(session(), visit().consultation, { name: "a.pdf", bytes: Buffer.from("PNG") });
      await expect(image).rejects.toMatchObject({ kind: "invalid" });
    },
  );

  test("Patients: added, found by a part of their name, changed", async () => {
    const made = (await call("addPatient", {
      body: { firstName: "Zoë", lastName: "Quist", dateOfBirth: "1990-07-14" },
    })) as unknown as { _id: string };
    expect(await visits.findPatients(session(), "quist")).toEqual([
      { key: made._id, firstName: "Zoë", lastName: "Quist", birthDate: "1990-07-14" },
    ]);
    await call("updatePatient", { params: { id: made._id }, body: { lastName: "Quist-Berg" } });
    expect((await visits.findPatients(session(), "Zoë Quist-Berg"))[0]?.key).toBe(made._id);
    expect(await visits.findPatients(session(), "nobody at all")).toEqual([]);
  });

  test("only the documented headers are sent, and the older reference's user where it is wanted", async () => {
    await visits.list(session(), ZONE);
    expect(sandbox.world.calls.since(0).at(-1)!.path).toBe("/api/appointments/doctors");
    const { dialect } = endpoint("listAppointments");
    expect(dialect.headers(session("t"), endpoint("listAppointments"))).toEqual({
      Authorization: "Bearer t",
      "Content-Type": "application/json",
    });
    expect(dialect.headers(session("t"), endpoint("addDocument"))).toEqual({ Authorization: "Bearer t" });
  });

  test.each<[FaultOrder["fault"], VendorErrorKind]>([
    [{ kind: "status", status: 400, body: '{"success":false,"error":"Jane Smith is invalid"}' }, "invalid"],
    [
      { kind: "status", status: 400, body: '{"success":false,"error":"Appointments not found, Jane Smith"}' },
      "not_found",
    ],
    [{ kind: "status", status: 401 }, "token"],
    [{ kind: "status", status: 403, body: '{"success":false,"error":"Subscription of Jane Smith"}' }, "subscription"],
    [{ kind: "status", status: 403 }, "scope"],
    [{ kind: "status", status: 404 }, "not_found"],
    [{ kind: "status", status: 409 }, "conflict"],
    [{ kind: "status", status: 200, body: '{"success":false,"message":"Jane Smith"}' }, "invalid"],
    [{ kind: "status", status: 429, headers: { "retry-after": "120" } }, "rate_limited"],
    [{ kind: "html" }, "bad_content"],
    [{ kind: "malformed" }, "bad_content"],
    [{ kind: "gzipBomb" }, "bad_content"],
  ])("F14, F15: %j is told as %s, without the vendor's words", async (fault, kind) => {
    arm(fault);
    const error = await visits.list(session(), ZONE).catch((thrown) => thrown);
    expect(error).toMatchObject({ kind, vendor: "medisync" });
    expect(error.message).not.toMatch(/sandbox_fault|Smith|Guest|Bearer|<|\n/);
  });

  test("F15: a row that cannot be read costs itself and not the list", async () => {
    const rows = '[{"_id":"a","name":"Seating","date":"2026-03-01"},{"name":1},null,7,{"_id":"b","__proto__":{"x":1}}]';
    arm({
      kind: "status",
      status: 200,
      body: `{"success":true,"data":${rows}}`,
      headers: { "content-type": "application/json" },
    });
    expect((await visits.list(session(), ZONE)).map(({ key }) => key)).toEqual(["a", "b"]);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test.each<[string, FaultOrder["fault"], VendorErrorKind]>([
    ["a page", { kind: "html" }, "bad_content"],
    [
      "a refusal with a status of success",
      {
        kind: "status",
        status: 200,
        body: '{"success":false,"error":"Recording not found"}',
        headers: { "content-type": "application/json" },
      },
      "not_found",
    ],
    [
      "JSON",
      { kind: "status", status: 200, body: "{}", headers: { "content-type": "application/json" } },
      "bad_content",
    ],
    ["an outage", { kind: "status", status: 500 }, "unavailable"],
  ])("F14: %s in the place of a dictation never becomes a body", async (_, fault, kind) => {
    arm(fault, { path: "/recordings/get/" });
    await expect(visits.openRecording(session(), visit().consultation, null)).rejects.toMatchObject({ kind });
  });

  test("a dictation that breaks off in the middle fails while it is read", async () => {
    arm({ kind: "truncate" }, { path: "/recordings/get/" });
    const { body } = await visits.openRecording(session(), visit().consultation, null);
    await expect(buffer(body)).rejects.toMatchObject({ vendor: "medisync" });
  });

  test("F12: Retry-After is honoured by everything that follows", async () => {
    const same = session();
    arm({ kind: "status", status: 429, headers: { "retry-after": "600" } });
    await expect(visits.list(same, ZONE)).rejects.toMatchObject({
      kind: "rate_limited",
      retryAfterMs: expect.any(Number),
    });
    const before = sandbox.world.calls.since(0).length;
    await expect(visits.list(same, ZONE)).rejects.toMatchObject({ kind: "rate_limited", noEffect: true });
    expect(sandbox.world.calls.since(0)).toHaveLength(before);
  });

  test("an upload whose answer is lost is in doubt and not sent again", async () => {
    const { consultation } = visit();
    arm({ kind: "resetAfterCommit" }, { method: "POST" });
    const lost = visits.addDocument(session(), consultation, { name: "a.pdf", bytes: Buffer.from("%PDF-1.4") });
    await expect(lost).rejects.toMatchObject({ kind: "unavailable", noEffect: false });
    expect(sandbox.world.medisync.state.documents.filter((one) => one.appointment_id === consultation)).toHaveLength(1);
  });

  test.each<FaultOrder["fault"]>([{ kind: "status", status: 500 }, { kind: "reset" }, { kind: "truncate" }])(
    "a read survives %j",
    async (fault) => {
      arm(fault);
      expect(await visits.list(session(), ZONE)).not.toEqual([]);
    },
  );

  test("F60: a token that the vendor quotes back is not quoted on", async () => {
    const error = await visits.list(session("c0ffee00-dead"), ZONE).catch((thrown) => thrown);
    expect(error).toMatchObject({ kind: "token", status: 401 });
    expect(String(error.stack)).not.toContain("c0ffee00");
  });

  afterAll(() => {
    const calls = sandbox.world.calls
      .since(0)
      .filter(({ vendor, status }) => vendor === "medisync-api" && status < 300);
    const untried = medisync.endpoints.filter(({ method, path }) => {
      const pattern = new RegExp(`^/api${path.replace(/\{\w+\}/g, "[0-9a-f]{24}")}$`);
      return !calls.some((one) => one.method === method && pattern.test(one.path.split("?")[0]!));
    });
    expect(untried.map(({ name }) => name)).toEqual([]);
    expect(sandbox.world.calls.violations()).toEqual([]);
  });
});
