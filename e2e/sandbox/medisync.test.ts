import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seedMedisync } from "./seed-medisync.ts";
import { PASSWORD } from "./settings.ts";
import { type Sandbox, startSandbox } from "./start-sandbox.ts";

let sandbox: Sandbox;
let now = Date.UTC(2026, 2, 2, 9);
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 40, triangles: 500, now: () => now });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  Object.assign(sandbox.world.live, { medisyncErrors: "business", medisyncCallsPerHour: 0 });
  sandbox.world.calls.clear();
  seedMedisync(sandbox.world);
});

type Answer = { success: boolean; data: never; error?: string; message?: string };
const logIn = async (email = "medisync@davis.example", password = PASSWORD, remember = false) => {
  const response = await fetch(`${sandbox.medisync}/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password, remember }),
  });
  return { status: response.status, ...((await response.json()) as { token: string; code?: string; uid: string }) };
};
async function call(
  method: string,
  path: string,
  { token = "", body = undefined as unknown, form = undefined as FormData | undefined } = {},
) {
  const response = await fetch(`${sandbox.medisync}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token || (await logIn()).token}`,
      ...(form ? {} : { "content-type": "application/json" }),
    },
    body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
  });
  return response;
}
const json = async (response: Response) => (await response.json()) as Answer;
const sentences = () => sandbox.world.calls.violations().map(({ sentence }) => sentence);
const visit = () => {
  const doctor = "medisync@davis.example";
  const patient = { firstName: "Jane", lastName: "Smith", dateOfBirth: "1985-03-15" };
  const dates = { consultationOn: "2026-03-01", tryInOn: "2026-03-08", seatingOn: "2026-03-12" };
  return sandbox.world.medisync.addVisits({
    doctor,
    patient,
    note: "Shade A3",
    transcription: null,
    recorded: true,
    ...dates,
  });
};
const pdf = (name = "form.pdf", bytes = "%PDF-1.4") => {
  const form = new FormData();
  form.set("document", new File([bytes], name, { type: "application/pdf" }));
  return form;
};

describe("MediSync's sandbox", () => {
  test("a wrong password has its code; a token lives a day, a remembered one thirty", async () => {
    expect(await logIn(undefined, "wrong")).toMatchObject({ status: 401, code: "INVALID_CREDENTIALS" });
    const claims = ({ token }: { token: string }) =>
      JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString());
    const day = claims(await logIn());
    expect(day.exp - day.iat).toBe(86_400);
    const month = claims(await logIn(undefined, PASSWORD, true));
    expect(month.exp - month.iat).toBe(30 * 86_400);
    const { token } = await logIn();
    now += 86_400_000;
    expect((await call("GET", "/appointments/doctors", { token })).status).toBe(401);
  });

  test("Dr. Davis's patients of recent orders have visits; one of them comes before the lab is done", async () => {
    const { data } = await json(await call("GET", "/appointments/doctors"));
    const rows = data as { name: string; date: string; time: string }[];
    expect(rows.length).toBeGreaterThan(4);
    expect(rows[0]).toMatchObject({ date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), time: "10:30" });
    expect(rows.map(({ name }) => name)).toContain("Try-in");
  });

  test.each([
    ["business", 400],
    ["rest", 409],
  ] as const)("one document per appointment, %s errors answer %i", async (style, status) => {
    sandbox.world.live.medisyncErrors = style;
    const { consultation } = visit();
    expect((await call("POST", `/documents/add/${consultation}`, { form: pdf() })).status).toBe(201);
    const again = await call("POST", `/documents/add/${consultation}`, { form: pdf() });
    expect(again.status).toBe(status);
    expect(await json(again)).toEqual({ success: false, error: "Document already exists for this appointment" });
    expect(
      sandbox.world.medisync.state.appointments.find(({ _id }) => _id === consultation)!.document_id,
    ).not.toBeNull();
    const image = await call("POST", `/documents/add/${visit().consultation}`, { form: pdf("a.pdf", "PNG") });
    expect((await json(image)).error).toBe("Only PDF files are allowed");
  });

  test("a dictation is real audio, deleted it is gone", async () => {
    const { consultation } = visit();
    const answer = await call("GET", `/recordings/get/${consultation}`);
    expect(answer.headers.get("content-type")).toBe("audio/wav");
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 4).toString()).toBe("RIFF");
    expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
    expect((await call("DELETE", `/recordings/${consultation}`)).status).toBe(204);
    expect((await json(await call("GET", `/recordings/get/${consultation}`))).error).toBe("Recording not found");
  });

  test("another doctor's appointment does not exist; no subscription, no appointment", async () => {
    const { consultation } = visit();
    const { token } = await logIn("medisync@lindner.example");
    expect((await call("GET", `/appointments/get/${consultation}`, { token })).status).toBe(400);
    const unpaid = await logIn("medisync@unpaid.example");
    const body = { name: "Try-in", date: "2026-03-08", time: "09:00" };
    expect((await call("POST", "/appointments/add", { token: unpaid.token, body })).status).toBe(403);
  });

  test("the hour is counted: one call too many waits for the first of them to be an hour old", async () => {
    sandbox.world.live.medisyncCallsPerHour = 2;
    const { token } = await logIn();
    const first = await call("GET", "/notes", { token });
    expect(first.headers.get("x-ratelimit-remaining")).toBe("1");
    await call("GET", "/notes", { token });
    const refused = await call("GET", "/notes", { token });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "3600"]);
    expect(sentences()).toEqual(["More than 2 calls within an hour"]);
    now += 3_600_000;
    expect((await call("GET", "/notes", { token })).status).toBe(200);
  });

  test("what the documents do not know is a violation", async () => {
    await call("GET", "/appointments");
    await call("GET", "/notes/not-an-id");
    await call("GET", "/notes?page=2");
    await call("POST", "/patients/add", { body: { firstName: "A", lastName: "B", shoe: 43 } });
    expect(sentences()).toEqual([
      "GET /appointments is not an operation of MediSync's API",
      "not-an-id is no ObjectId",
      "The query parameter page is not documented for /api/notes",
      "shoe is not documented for /api/patients/add",
    ]);
  });
});
