import { createHash, randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DELETE, GET, POST, PUT } from "#app/api/vendors/[vendor]/[...path]/route.ts";
import { PASSWORD } from "#e2e/sandbox/settings.ts";
import { bootstrapOrganisation } from "#lib/access/bootstrap-organisation.ts";
import { principalOf } from "#lib/access/principal-of.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { env } from "#lib/env.ts";
import { AccountFolder } from "#lib/sftp-drop/account-folder.ts";
import { type SftpDrop, startSftpDrop } from "#lib/sftp-drop/start-sftp-drop.ts";
import { type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { listVendors } from "#lib/vendors/registry.ts";

/** Every documented operation of Open Dental and MediSync as a clinic's own program asks for it: over HTTP, with an API key. */

const ROUTES = { GET, POST, PUT, DELETE };
const MB = 1024 * 1024;
const SITE = { id: randomUUID(), username: "d0123456789abcdef", password: randomBytes(32).toString("base64url") };

let portal: PortalWithSandbox;
let drop: SftpDrop;
let site: AccountFolder;
let key: string;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 5 });
  const { sandbox } = portal;
  Object.assign(process.env, {
    OPEN_DENTAL_API_URL: sandbox.openDental,
    OPEN_DENTAL_DEVELOPER_KEY: sandbox.openDentalDeveloperKey,
  });
  const clinic = { organisation: "clinic", kind: "clinic" as const, email: "c@t.example", password: "correct horse" };
  key = (await bootstrapOrganisation(clinic)).apiKey;
  const admin = (await principalOf(new Headers({ authorization: `Bearer ${key}` })))!;
  const credentials = { customerKey: sandbox.openDentalCustomerKeys.enterprise, pace: "enterprise" };
  await createConnection(admin, { vendor: "open-dental", credentials });
  await createConnection(admin, {
    vendor: "medisync",
    credentials: { email: "medisync@lindner.example", password: PASSWORD },
  });
  const folder = join(env().DATA_DIR, "a-site-of-the-clinic");
  site = new AccountFolder(folder, SITE.id);
  await site.make();
  const passwordHash = createHash("sha256").update(SITE.password).digest();
  const account = { id: SITE.id, passwordHash, direction: "bring" as const };
  drop = await startSftpDrop({ folder, host: "127.0.0.1", port: 0, find: async () => account });
});
afterAll(async () => {
  await drop.close();
  await portal.close();
});

const made = { status: 201 };

async function call(method: keyof typeof ROUTES, path: string, body?: object | FormData) {
  const request = new Request(`http://localhost:3000/api/vendors${path}`, {
    method,
    headers: { authorization: `Bearer ${key}` },
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  const answer = await ROUTES[method](request, { params: Promise.resolve({}) });
  const isJson = answer.headers.get("content-type")?.includes("json");
  return { status: answer.status, body: isJson ? await answer.json() : Buffer.from(await answer.arrayBuffer()) };
}

/** Operations that were answered, of those that the vendor's table has. */
function untried(vendor: string): string[] {
  const { endpoints } = listVendors().find(({ id }) => id === vendor)!;
  const calls = portal.sandbox.world.calls.since(0).filter((one) => one.vendor === `${vendor}-api` && one.status < 300);
  return endpoints
    .filter(({ method, path }) => {
      const pattern = new RegExp(`/api(/v1)?${path.replace(/\{\w+\}/g, "[0-9a-f]+")}$`);
      return !calls.some((one) => one.method === method && pattern.test(one.path.split("?")[0]!));
    })
    .map(({ name }) => name);
}

describe("Open Dental", () => {
  const od = (method: keyof typeof ROUTES, path: string, body?: object) => call(method, `/open-dental${path}`, body);
  const place = (path: string) => ({
    SftpAddress: `127.0.0.1/${path}`,
    SftpPort: drop.port,
    SftpUsername: SITE.username,
    SftpPassword: SITE.password,
  });

  test("a chart is read, filed into, corrected and cleared", async () => {
    const file = { PatNum: 101, extension: ".pdf", Description: "by proxy", ToothNumbers: "1-5,8", DocCategory: 14 };
    const upload = await od("POST", "/documents/Upload", { ...file, rawBase64: "JVBERi0xLjQ=" });
    expect(upload).toMatchObject({ ...made, body: { Description: "by proxy", ToothNumbers: "1,2,3,4,5,8" } });
    const { DocNum } = upload.body;
    expect(await od("GET", `/documents/${DocNum}`)).toMatchObject({ status: 200, body: { DocNum } });
    expect((await od("PUT", `/documents/${DocNum}`, { Description: "corrected" })).status).toBe(200);
    const listed = await od("GET", "/documents?PatNum=101");
    expect(listed.body).toContainEqual(expect.objectContaining({ DocNum, Description: "corrected" }));
    const url = `${env().PORTAL_URL}/api/links/abc.pdf`;
    expect(await od("POST", "/documents/SetByUrl", { PatNum: 101, url })).toMatchObject(made);
    const strange = { PatNum: 101, url: "https://storage.example/x.pdf?X-Amz-Expires=300" };
    expect(await od("POST", "/documents/SetByUrl", strange)).toMatchObject({ status: 400 });
    expect((await od("DELETE", `/documents/${DocNum}`)).status).toBe(200);
    expect((await od("GET", `/documents/${DocNum}`)).status).toBe(404);
  });

  test("a file of 12.4 MB, the most that fits into a call, goes through", async () => {
    const bytes = Buffer.alloc(12_400_000, "a scan ");
    const body = { PatNum: 102, extension: ".pdf", rawBase64: bytes.toString("base64") };
    const { DocNum } = (await od("POST", "/documents/Upload", body)).body;
    const { documents } = portal.sandbox.world.openDental.state;
    expect(Buffer.from(documents.find((one) => one.DocNum === DocNum)!.bytes!, "base64").equals(bytes)).toBe(true);
    const larger = { ...body, rawBase64: Buffer.alloc(12_700_000).toString("base64") };
    expect(await od("POST", "/documents/Upload", larger)).toMatchObject({ status: 413 });
  });

  test("files go by SFTP both ways, byte for byte", async () => {
    const bytes = randomBytes(3 * MB);
    await site.write("/in/paper.pdf", bytes);
    const pulled = await od("POST", "/documents/UploadSftp", {
      PatNum: 101,
      ImgType: "File",
      ...place("in/paper.pdf"),
    });
    expect(pulled).toMatchObject(made);
    const { DocNum } = pulled.body;
    expect(await od("POST", "/documents/DownloadSftp", { DocNum, ...place("out/back.pdf") })).toMatchObject(made);
    expect(await site.read("/out/back.pdf")).toEqual(bytes);
    const small = await od("POST", "/documents/Thumbnails", { PatNum: 101, ...place("small/") });
    expect(small.body[0]).toMatchObject({ DocNum: expect.any(Number), FileName: expect.any(String) });
    const mount = (await od("GET", "/documents?PatNum=101")).body.find((row: { MountNum: number }) => row.MountNum);
    const { MountNum } = mount;
    expect((await od("POST", "/documents/DownloadMount", { MountNum, ...place("mount/") })).body).toHaveLength(2);
  });

  test("its neighbours: patients, definitions, lab cases, labs, appointments, providers", async () => {
    const found = await od("GET", "/patients?LName=smith&Birthdate=1984-03-02&hideInactive=true&City=&Phone=555");
    expect(found.status).toBe(400); // an empty city is none
    expect((await od("GET", "/patients?LName=smith&hideInactive=true&Limit=10")).body).toHaveLength(2);
    expect((await od("GET", "/patients/Simple?DateTStamp=2020-01-01%2000:00:00")).body).not.toEqual([]);
    const person = { LName: "Proxy", FName: "Pat", City: "Bend" };
    const { PatNum } = (await od("POST", "/patients", person)).body;
    expect((await od("PUT", `/patients/${PatNum}`, { ChartNumber: "C900" })).status).toBe(200);
    expect((await od("GET", `/patients/${PatNum}`)).body).toMatchObject({ LName: "Proxy", ChartNumber: "C900" });
    expect((await od("GET", "/definitions?Category=18&includeHidden=true")).body).not.toEqual([]);
    expect(await od("POST", "/definitions", { category: "ImageCats", ItemName: "Proxy" })).toMatchObject(made);
    const [provider] = (await od("GET", "/providers")).body;
    const { LaboratoryNum } = (await od("POST", "/laboratories", { Description: "Proxy Lab" })).body;
    expect((await od("PUT", `/laboratories/${LaboratoryNum}`, { Notes: "x" })).status).toBe(200);
    expect((await od("GET", `/laboratories/${LaboratoryNum}`)).body).toMatchObject({ Notes: "x" });
    expect((await od("GET", "/laboratories")).body.length).toBeGreaterThan(2);
    const turnaround = { LaboratoryNum, Description: "Crown", DaysActual: 6 };
    const { LabTurnaroundNum } = (await od("POST", "/labturnarounds", turnaround)).body;
    expect((await od("PUT", `/labturnarounds/${LabTurnaroundNum}`, { DaysActual: 7 })).status).toBe(200);
    expect((await od("GET", `/labturnarounds/${LabTurnaroundNum}`)).body).toMatchObject({ DaysActual: 7 });
    expect((await od("GET", `/labturnarounds?LaboratoryNum=${LaboratoryNum}`)).body).toHaveLength(1);
    const open = (await od("GET", "/appointments?PatNum=101&AptStatus=Scheduled")).body;
    const labCase = { PatNum: 101, LaboratoryNum, ProvNum: provider.ProvNum, LabFee: 120.5, InvoiceNum: "7" };
    const { LabCaseNum } = (await od("POST", "/labcases", { ...labCase, AptNum: open[0].AptNum })).body;
    expect((await od("PUT", `/labcases/${LabCaseNum}`, { AptNum: 0, PlannedAptNum: 504 })).status).toBe(200);
    expect((await od("GET", `/labcases/${LabCaseNum}`)).body).toMatchObject({ LabFee: 120.5, PlannedAptNum: 504 });
    expect((await od("GET", "/labcases?PatNum=101")).body).toHaveLength(1);
    expect((await od("DELETE", `/labcases/${LabCaseNum}`)).status).toBe(200);
  });

  afterAll(() => expect(untried("open-dental")).toEqual([]));
});

describe("MediSync", () => {
  const ms = (method: keyof typeof ROUTES, path: string, body?: object | FormData) =>
    call(method, `/medisync${path}`, body);
  const form = (field: string, bytes: Buffer, name: string, type: string) => {
    const given = new FormData();
    given.set(field, new File([new Uint8Array(bytes)], name, { type }));
    return given;
  };

  test("a visit from its appointment to its note, with everything that hangs on it", async () => {
    expect((await ms("GET", "/settings/subscription")).status).toBe(200);
    const { _id: patient } = (await ms("POST", "/patients/add", { firstName: "Pat", lastName: "Proxy" })).body.data;
    expect((await ms("PUT", `/patients/${patient}`, { contact: { phone: "555" } })).status).toBe(200);
    expect((await ms("GET", "/patients/search?query=proxy")).body.data).toHaveLength(1);
    const visit = { name: "Try-in", date: "2026-12-01", time: "10:00", patient_id: patient, notes_type: "soap" };
    const { _id: id } = (await ms("POST", "/appointments/add", visit)).body.data;
    expect((await ms("GET", `/appointments/get/${id}`)).body.data).toMatchObject({ name: "Try-in" });
    expect((await ms("GET", "/appointments/doctors")).body.data).toContainEqual(expect.objectContaining({ _id: id }));
    const text = { transcription: "Tooth 11, shade A2" };
    expect(await ms("POST", `/transcriptions/add/${id}`, text)).toMatchObject(made);
    expect((await ms("PUT", `/transcriptions/update/${id}`, text)).status).toBe(200);
    expect((await ms("GET", `/transcriptions/${id}`)).body.data).toMatchObject(text);
    expect((await ms("POST", `/notes/add/${id}`, { notes: "Crown 11" })).status).toBe(200);
    expect((await ms("PUT", `/notes/${id}`, { summary: "Crown" })).status).toBe(200);
    expect((await ms("GET", `/notes/${id}`)).body.data).toMatchObject([{ notes: "Crown 11", summary: "Crown" }]);
    expect((await ms("GET", "/notes")).body.data).not.toEqual([]);
    expect((await ms("GET", `/notes/summary/${id}`)).body.data).toEqual({ summary: "Crown" });
    expect((await ms("PUT", `/notes/feedback/${id}`, { feedback_score: 5 })).status).toBe(200);
    expect((await ms("GET", `/notes/feedback/${id}`)).body.data).toEqual({ feedback_score: 5 });
    expect((await ms("POST", `/notes/diagnosis/${id}`)).status).toBe(200);
    expect((await ms("PUT", `/notes/diagnosis/${id}`, { icd_code: "K02.1" })).status).toBe(200);
    expect((await ms("GET", `/notes/diagnosis/${id}`)).body.data.diagnosis_prediction.icd_code).toBe("K02.1");
    const anew = { notes_template_type: "soap_note" };
    expect((await ms("POST", `/notes/regenerate-notes/${id}`, anew)).status).toBe(200);
    const pdf = Buffer.from("%PDF-1.4 a form");
    expect(await ms("POST", `/documents/add/${id}`, form("document", pdf, "a.pdf", "application/pdf"))).toMatchObject(
      made,
    );
    expect((await ms("GET", `/documents/${id}`)).body.data).toHaveLength(1);
    expect((await ms("GET", `/documents/get/${id}`)).body).toEqual(pdf);
    expect((await ms("DELETE", `/documents/${id}`)).status).toBe(200);
    const bytes = Buffer.concat([Buffer.from("RIFF"), randomBytes(2 * MB)]);
    expect(await ms("POST", `/recordings/add/${id}`, form("audio", bytes, "a.wav", "audio/wav"))).toMatchObject(made);
    expect((await ms("GET", "/recordings")).body.data).not.toEqual([]);
    expect((await ms("GET", `/recordings/${id}`)).body.data).toHaveLength(1);
    expect((await ms("GET", `/recordings/get/${id}`)).body).toEqual(bytes);
    expect((await ms("DELETE", `/recordings/${id}`)).status).toBe(204);
  });

  afterAll(() => expect(untried("medisync")).toEqual([]));
});

test("neither vendor found a call that its document does not describe", () => {
  expect(portal.sandbox.world.calls.violations()).toEqual([]);
});
