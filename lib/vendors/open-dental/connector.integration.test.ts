import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FaultOrder } from "#e2e/sandbox/faults.ts";
import { type Sandbox, startSandbox } from "#e2e/sandbox/start-sandbox.ts";
import { AccountFolder } from "#lib/sftp-drop/account-folder.ts";
import { type SftpDrop, startSftpDrop } from "#lib/sftp-drop/start-sftp-drop.ts";
import type { VendorErrorKind } from "#lib/vendors/error.ts";
import { listAppointments } from "#lib/vendors/open-dental/api/appointments.ts";
import { createDefinition } from "#lib/vendors/open-dental/api/definitions.ts";
import {
  deleteDocument,
  downloadMount,
  getDocument,
  setDocumentByUrl,
  updateDocument,
} from "#lib/vendors/open-dental/api/documents.ts";
import { getLabCase } from "#lib/vendors/open-dental/api/lab-cases.ts";
import {
  createLaboratory,
  createLabTurnaround,
  getLaboratory,
  getLabTurnaround,
  listLabTurnarounds,
  updateLaboratory,
  updateLabTurnaround,
} from "#lib/vendors/open-dental/api/laboratories.ts";
import { createPatient, listPatientsSimple, updatePatient } from "#lib/vendors/open-dental/api/patients.ts";
import { openDental } from "#lib/vendors/open-dental/connector.ts";
import type { KeyAuth } from "#lib/vendors/vendor-auth.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const ZONE = "America/Los_Angeles";
const charts = openDental.documents!;
const auth = openDental.auth as KeyAuth;

let sandbox: Sandbox;
let drop: SftpDrop;
let folder: AccountFolder;
const dropFolder = mkdtempSync(join(tmpdir(), "casebench-drop-"));
const account = { id: randomUUID(), username: "d0123456789abcdef", password: randomBytes(32).toString("base64url") };

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 5, triangles: 500 });
  Object.assign(process.env, {
    OPEN_DENTAL_API_URL: sandbox.openDental,
    OPEN_DENTAL_DEVELOPER_KEY: sandbox.openDentalDeveloperKey,
    PORTAL_URL: "https://portal.example",
  });
  folder = new AccountFolder(dropFolder, account.id);
  await folder.make();
  const passwordHash = createHash("sha256").update(account.password).digest();
  drop = await startSftpDrop({
    folder: dropFolder,
    host: "127.0.0.1",
    port: 0,
    find: async (username) =>
      username === account.username ? { id: account.id, passwordHash, direction: "bring" as const } : null,
  });
});
afterAll(async () => {
  await drop.close();
  await sandbox.close();
  rmSync(dropFolder, { recursive: true, force: true });
});
beforeEach(() => {
  sandbox.world.openDental.seed();
  sandbox.world.faults.disarm();
  Object.assign(sandbox.world.live, {
    openDentalThrottle: 0,
    openDentalGeneration: "newer",
    openDentalIllegalJson: false,
  });
});

type Keys = keyof Sandbox["openDentalCustomerKeys"];
/** A session of its own: no test's failures close another one's breaker. */
function session(key: Keys = "full"): VendorSession {
  return {
    connectionId: randomUUID(),
    organisationId: randomUUID(),
    baseUrl: auth.baseUrl(),
    accessToken: sandbox.openDentalCustomerKeys[key],
    groupKey: null,
    region: "default",
  };
}
const site = (path: string) => ({ host: "127.0.0.1", port: drop.port, path, ...account });
const PAPER = {
  patientKey: "101",
  description: "Order form 3706720",
  categoryKey: "14",
  imageType: "document",
  teeth: [11, 12, 85],
} as const;
const PDF = { bytes: Buffer.from("%PDF-1.4 a form"), extension: ".pdf" };
const find = async (description: string) =>
  (await charts.list(session(), "101", ZONE)).find((one) => one.description === description);
const arm = (fault: FaultOrder["fault"], more: Partial<FaultOrder> = {}) =>
  sandbox.world.faults.arm({ vendor: "open-dental-api", fault, count: 1, ...more });

describe("Open Dental", () => {
  test("an office is told apart by its key, of which no more than four characters are shown", async () => {
    const found = await openDental.identify(session());
    expect(found).toMatchObject({
      side: "clinic",
      account: "Open Dental …b3Vn".replace("b3Vn", session().accessToken.slice(-4)),
    });
    expect(found.accountKey).not.toContain(session().accessToken);
    expect((await openDental.identify(session("read"))).accountKey).not.toBe(found.accountKey);
  });

  test.each<[Keys, string[], number]>([
    ["full", ["ReadAll", "Documents", "AllOthers"], 1_000],
    ["documents", ["ReadAll", "Documents"], 1_000],
    ["read", ["ReadAll"], 5_000],
  ])("what a key with %s may do is found out without changing anything", async (key, permissions, pause) => {
    const before = structuredClone(sandbox.world.openDental.state);
    const found = await auth.findPermissions(session(key), {});
    expect(found).toEqual(permissions);
    expect(auth.pauseMs(found)).toBe(pause);
    expect(sandbox.world.openDental.state).toEqual(before);
  });

  test("Enterprise is the office's word, and twice as fast", async () => {
    const credentials = auth.credentials.parse({ customerKey: "OdCustEntr4Gs9Wd", pace: "enterprise" });
    expect(auth.pauseMs(await auth.findPermissions(session("enterprise"), credentials))).toBe(500);
    expect(auth.credentials.safeParse({ customerKey: "a b/c" }).success).toBe(false);
  });

  test.each(["newer", "older"] as const)(
    "Documents POST Upload: an office with a %s version keeps the file",
    async (generation) => {
      sandbox.world.live.openDentalGeneration = generation;
      const key = await charts.upload(session(), { ...PAPER, ...PDF });
      expect(key === null).toBe(generation === "older");
      const kept = sandbox.world.openDental.state.documents.at(-1)!;
      expect(kept).toMatchObject({ PatNum: 101, DocCategory: 14, ImgType: "Document", ToothNumbers: "8,7,T" });
      expect(Buffer.from(kept.bytes!, "base64")).toEqual(PDF.bytes);
      expect(await find(PAPER.description)).toMatchObject({
        kind: "document",
        category: "Lab Cases",
        teeth: [11, 12, 85],
        extension: ".pdf",
      });
    },
  );

  test("Documents GET: documents and mounts are told apart, their times are the office's", async () => {
    const listed = await charts.list(session(), "101", ZONE);
    expect(listed.map(({ kind, extension }) => [kind, extension]).sort()).toEqual([
      ["document", ".pdf"],
      ["document", ".png"],
      ["mount", ""],
    ]);
    for (const { createdAt } of listed)
      expect(Math.abs(Date.now() - 90 * 86_400_000 - createdAt!.getTime())).toBeLessThan(60_000);
  });

  test("lists go on as long as pages are full", async () => {
    const { documents } = sandbox.world.openDental.state;
    const one = documents[0]!;
    for (let n = 1000; n < 1205; n++) documents.push({ ...one, DocNum: n });
    expect(await charts.list(session(), "101", ZONE)).toHaveLength(208);
  });

  test("Documents GET (single), PUT, DELETE", async () => {
    const key = (await charts.upload(session(), { ...PAPER, ...PDF }))!;
    await updateDocument(session(), key, { Description: "Order form, corrected", ToothNumbers: "9" });
    expect(await getDocument(session(), key)).toMatchObject({
      Description: "Order form, corrected",
      ToothNumbers: "9",
    });
    await deleteDocument(session(), key);
    await expect(getDocument(session(), key)).rejects.toMatchObject({ kind: "not_found" });
  });

  test("Documents POST SetByUrl: only links of this portal are given away", async () => {
    const url = "https://portal.example/api/links/abc";
    const made = await setDocumentByUrl(session(), { PatNum: 101, url, Description: "A link" });
    expect(made.DocNum).toBeGreaterThan(0);
    const foreign = setDocumentByUrl(session(), { PatNum: 101, url: "https://storage.example/x?X-Amz-Signature=y" });
    await expect(foreign).rejects.toThrow(/must be a link of this portal/);
  });

  test.each([false, true])(
    "Documents POST UploadSftp: the office fetches the file (answer that is no JSON: %s)",
    async (illegal) => {
      sandbox.world.live.openDentalIllegalJson = illegal;
      const bytes = randomBytes(3_000_000);
      await folder.write("/a/scan.stl", bytes);
      const key = await charts.pull(session(), { ...PAPER, description: "Scan" }, site("a/scan.stl"));
      const kept = sandbox.world.openDental.state.documents.at(-1)!;
      expect(key).toBe(String(kept.DocNum));
      expect(Buffer.from(kept.bytes!, "base64").equals(bytes)).toBe(true);
    },
  );

  test("Documents POST DownloadSftp: a document and the picture of a mount come byte for byte", async () => {
    const listed = await charts.list(session(), "101", ZONE);
    for (const { kind, key } of listed) {
      await charts.push(session(), { kind, key }, site(`out/${kind}${key}.bin`));
      const kept = sandbox.world.openDental.state.documents.find((one) =>
        kind === "mount" ? one.mount === Number(key) : one.DocNum === Number(key),
      )!;
      expect(await folder.read(`/out/${kind}${key}.bin`)).toEqual(Buffer.from(kept.bytes!, "base64"));
    }
  });

  test("Documents POST Thumbnails, DownloadMount: pictures come with their numbers; none is no error", async () => {
    const sent = await charts.pushThumbnails(session(), "101", site("thumbs/"));
    expect(sent).toHaveLength(1);
    expect((await folder.read(`/thumbs/${sent[0]!.fileName}`))!.length).toBeGreaterThan(100);
    const address = { SftpAddress: "127.0.0.1/mount/", SftpUsername: account.username, SftpPassword: account.password };
    const images = await downloadMount(session(), { MountNum: 15, ...address, SftpPort: drop.port });
    expect(images).toHaveLength(2);
    const { state } = sandbox.world.openDental;
    state.documents = state.documents.filter(({ FileName, mount }) => FileName.endsWith(".pdf") && mount === 0);
    expect(await charts.pushThumbnails(session(), "101", site("thumbs/"))).toEqual([]);
  });

  test("a site that is not reached, or does not take the password, is told without the office's words", async () => {
    const wrong = { ...site("a/b.png"), password: "not it" };
    const [{ key } = { key: "" }] = await charts.list(session(), "101", ZONE);
    const error = await charts.push(session(), { kind: "document", key }, wrong).catch((e) => e);
    expect(error).toMatchObject({ kind: "invalid", status: 400 });
    expect(String(error.stack)).not.toMatch(/not it|Sftp connection|authentication/i);
  });

  test("Patients: a name alone may mean two people, a birth date tells", async () => {
    expect(await charts.findPatients(session(), { lastName: "smi" })).toHaveLength(2);
    const found = await charts.findPatients(session(), {
      lastName: "Smith",
      firstName: "John",
      birthDate: "1984-03-02",
    });
    expect(found).toMatchObject([{ key: "101", birthDate: "1984-03-02", isActive: true }]);
    expect(await charts.patient(session(), "106")).toMatchObject({ lastName: "Kim", birthDate: null });
    await expect(charts.patient(session(), "9999")).rejects.toMatchObject({ kind: "not_found" });
    expect(await listPatientsSimple(session(), { LName: "Okafor" })).toHaveLength(1);
  });

  test("Definitions: the folder of lab cases is proposed, hidden ones are left out", async () => {
    const categories = await charts.categories(session());
    expect(categories.filter(({ isProposed }) => isProposed)).toEqual([
      { key: "14", name: "Lab Cases", isProposed: true },
    ]);
    expect(categories.map(({ name }) => name)).not.toContain("Old scans");
  });

  test("LabCases: made, sent, received; what it is is the last of its dates", async () => {
    const input = {
      key: null,
      patientKey: "101",
      labKey: (await charts.labs(session()))[0]!.key,
      providerKey: (await charts.providers(session()))[0]!.key,
      appointmentKey: null,
      dueOn: "2026-12-01",
      sentAt: null,
      receivedAt: null,
      instructions: "Crown 11",
    };
    const key = await charts.saveLabCase(session(), input, ZONE);
    expect(await charts.labCases(session(), "101", ZONE)).toMatchObject([{ key, status: "created", receivedAt: null }]);
    const sentAt = new Date("2026-11-21T18:30:00Z");
    await charts.saveLabCase(session(), { ...input, key, sentAt }, ZONE);
    expect(await getLabCase(session(), key)).toMatchObject({
      DateTimeSent: "2026-11-21 10:30:00",
      DateTimeDue: "2026-12-01 00:00:00",
    });
    expect((await charts.labCases(session(), "101", ZONE))[0]).toMatchObject({ status: "sent", sentAt });
    const planned = (await charts.appointments(session(), "101", ZONE)).find(({ isPlanned }) => isPlanned)!;
    expect(planned).toMatchObject({ at: null, isOpen: true });
    await charts.saveLabCase(session(), { ...input, key, appointmentKey: planned.key }, ZONE);
    expect(await getLabCase(session(), key)).toMatchObject({ AptNum: 0, PlannedAptNum: 504 });
    expect((await charts.labCases(session(), "101", ZONE))[0]).toMatchObject({ appointmentKey: planned.key });
    await charts.removeLabCase(session(), key);
    expect(await charts.labCases(session(), "101", ZONE)).toEqual([]);
    await expect(charts.removeLabCase(session(), key)).rejects.toMatchObject({ kind: "not_found" });
  });

  test("Laboratories, LabTurnarounds: made, changed, read one by one", async () => {
    const lab = await createLaboratory(session(), { Description: "Casebench Lab", Phone: "555-0100" });
    await updateLaboratory(session(), lab.LaboratoryNum, { Notes: "Answers by noon" });
    expect(await getLaboratory(session(), lab.LaboratoryNum)).toMatchObject({
      Description: "Casebench Lab",
      Notes: "Answers by noon",
    });
    const LaboratoryNum = Number(lab.LaboratoryNum);
    const crown = await createLabTurnaround(session(), { LaboratoryNum, Description: "Crown", DaysActual: 6 });
    await updateLabTurnaround(session(), crown.LabTurnaroundNum, { DaysActual: 7 });
    expect(await getLabTurnaround(session(), crown.LabTurnaroundNum)).toMatchObject({ DaysActual: 7 });
  });

  test("Definitions POST, Patients POST and PUT: a folder and a patient more; the same patient twice is refused", async () => {
    const folder = await createDefinition(session(), { category: "ImageCats", ItemName: "Lab papers", ItemValue: "B" });
    expect((await charts.categories(session())).map(({ key }) => key)).toContain(folder.DefNum);
    const person = { LName: "Walker", FName: "Ruth", Birthdate: "1969-02-28" };
    const made = await createPatient(session(), person);
    await updatePatient(session(), made.PatNum, { ChartNumber: "C777" });
    expect(await charts.patient(session(), made.PatNum)).toMatchObject({ lastName: "Walker", chartNumber: "C777" });
    await expect(createPatient(session(), person)).rejects.toMatchObject({ kind: "invalid" });
    await expect(createPatient(session("documents"), person)).rejects.toMatchObject({ kind: "scope" });
  });

  test("Laboratories, LabTurnarounds, Appointments, Providers are read; hidden ones are left out", async () => {
    expect((await charts.labs(session())).map(({ name }) => name)).toEqual(["OneLab", "NordLab"]);
    expect(await listLabTurnarounds(session(), "1")).toHaveLength(2);
    expect(await listAppointments(session(), "101")).toHaveLength(4);
    const [first] = await charts.appointments(session(), "101", ZONE);
    expect(first!.at).toBeInstanceOf(Date);
  });

  test.each<[FaultOrder["fault"], VendorErrorKind]>([
    [{ kind: "status", status: 400, body: "PatNum is required, John Smith" }, "invalid"],
    [{ kind: "status", status: 401 }, "token"],
    [{ kind: "status", status: 404 }, "not_found"],
    [{ kind: "status", status: 410 }, "not_found"],
    [{ kind: "status", status: 429, headers: { "retry-after": "120" } }, "rate_limited"],
    [{ kind: "html" }, "bad_content"],
    [{ kind: "malformed" }, "bad_content"],
    [{ kind: "gzipBomb" }, "bad_content"],
  ])("F14, F15: %j is told as %s, without the vendor's words", async (fault, kind) => {
    arm(fault);
    const error = await charts.list(session(), "101", ZONE).catch((e) => e);
    expect(error).toMatchObject({ kind, vendor: "open-dental" });
    expect(error.message).not.toMatch(/sandbox_fault|Smith|Guest|ODFHIR|<|\n/);
  });

  test("a refused write is a missing permission, not a dead key", async () => {
    const refused = charts.upload(session("read"), { ...PAPER, ...PDF });
    await expect(refused).rejects.toMatchObject({ kind: "scope", status: 401, noEffect: true });
    const dead = { ...session(), accessToken: "OdCustGone00000" };
    const error = await charts.categories(dead).catch((e) => e);
    expect(error).toMatchObject({ kind: "token" });
    expect(String(error.stack)).not.toContain("OdCustGone");
  });

  test("an upload whose answer is lost is in doubt and not sent again", async () => {
    arm({ kind: "resetAfterCommit" }, { method: "POST" });
    const lost = charts.upload(session(), { ...PAPER, ...PDF });
    await expect(lost).rejects.toMatchObject({ kind: "unavailable", noEffect: false });
    const { documents } = sandbox.world.openDental.state;
    expect(documents.filter(({ Description }) => Description === PAPER.description)).toHaveLength(1);
  });

  test.each<FaultOrder["fault"]>([{ kind: "status", status: 500 }, { kind: "reset" }, { kind: "truncate" }])(
    "a read survives %j",
    async (fault) => {
      arm(fault);
      expect(await charts.categories(session())).toHaveLength(5);
    },
  );

  afterAll(() => {
    const calls = sandbox.world.calls
      .since(0)
      .filter(({ vendor, status }) => vendor === "open-dental-api" && status < 300);
    const untried = openDental.endpoints.filter(({ method, path }) => {
      const pattern = new RegExp(`^/api/v1${path.replace(/\{\w+\}/g, "\\d+")}$`);
      return !calls.some((call) => call.method === method && pattern.test(call.path.split("?")[0]!));
    });
    expect(untried.map(({ name }) => name)).toEqual([]);
    // The dead key is not known to the vendor; it was sent well-formed, so that is no violation either.
    expect(sandbox.world.calls.violations()).toEqual([]);
  });
});
