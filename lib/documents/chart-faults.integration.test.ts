import { afterAll, beforeAll, expect, test } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { database } from "#lib/database/database.ts";
import { listChartPictures } from "#lib/documents/chart-pictures.ts";
import { fileIntoChart } from "#lib/documents/file-into-chart.ts";
import { findPatients } from "#lib/documents/find-patients.ts";
import { listChartCategories } from "#lib/documents/list-chart-categories.ts";
import { confirmPatient } from "#lib/documents/match-patient.ts";
import { dropFolder, findDropAccount, withDropAccount } from "#lib/sftp-drop/drop-accounts.ts";
import { type SftpDrop, startSftpDrop } from "#lib/sftp-drop/start-sftp-drop.ts";
import { Canaries, dumpDatabase, recordLog } from "#lib/testing/canaries.ts";
import { connectAccount, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";

// A clinic's charts when Open Dental misbehaves. Calls keep the vendor's pace: one per 500 ms.

const PORT = 4421;
const NOTE = () => new File(["%PDF-1.4 delivery note"], "note.pdf");

let portal: PortalWithSandbox;
let drop: SftpDrop;
let admin: Principal;
let connection: string;
let orders: string[];
let printed: ReturnType<typeof recordLog>;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 60 });
  const { sandbox } = portal;
  Object.assign(process.env, {
    OPEN_DENTAL_API_URL: sandbox.openDental,
    OPEN_DENTAL_DEVELOPER_KEY: sandbox.openDentalDeveloperKey,
    SFTP_DROP_HOST: "127.0.0.1",
    SFTP_DROP_PORT: String(PORT),
  });
  printed = recordLog();
  ({ admin } = await connectAccount("clinic", "clinic@davis.example"));
  drop = await startSftpDrop({ folder: dropFolder(), host: "127.0.0.1", port: PORT, find: findDropAccount });
  ({ id: connection } = await connect());
  const rows = await database().order.findMany({
    where: { organisationId: admin.organisationId, vendor: "meditlink" },
    select: { id: true },
    orderBy: { number: "desc" },
  });
  orders = rows.map(({ id }) => id);
});
afterAll(async () => {
  printed.stop();
  await drop.close();
  await portal.close();
});

const connect = (more: object = {}) =>
  createConnection(admin, {
    vendor: "open-dental",
    credentials: { customerKey: portal.sandbox.openDentalCustomerKeys.enterprise, pace: "enterprise" },
    ...more,
  });
const arm = (fault: object, more: object = {}) =>
  portal.sandbox.world.faults.arm({ vendor: "open-dental-api", fault: fault as { kind: "html" }, count: 1, ...more });
const calls = () => portal.sandbox.world.calls.since(0).filter(({ vendor }) => vendor === "open-dental-api");
const lucia = { patientKey: "104", confirmed: true, secondIdentifier: { birthDate: "1978-01-30" } } as const;

test("F14: a login page, hostile text or a bomb instead of a chart confirms nobody and files nothing", async () => {
  const orderId = orders[0]!;
  for (const fault of [
    { kind: "html" },
    { kind: "gzipBomb" },
    { kind: "status", status: 400, body: '<script>alert("Lucía")</script>\u001b[31m\r\nkey' },
  ]) {
    arm(fault);
    const failed = await confirmPatient(admin, orderId, { connection, ...lucia }).catch((error: unknown) => error);
    const { message } = failed as Error;
    expect(message).not.toMatch(/script|Luc|\n/);
    expect(message).not.toContain("\u001b");
  }
  expect(await database().chartMatch.count({ where: { orderId } })).toBe(0);
  await confirmPatient(admin, orderId, { connection, ...lucia });
});

test("F15: an answer cut in two files nothing; filing again files once", async () => {
  const orderId = orders[0]!;
  arm({ kind: "malformed" }, { method: "GET", path: "/documents\\?" });
  await expect(fileIntoChart(admin, orderId, { kind: "delivery_note" }, NOTE())).rejects.toMatchObject({
    kind: "bad_content",
  });
  const mine = () =>
    portal.sandbox.world.openDental.state.documents.filter(
      ({ PatNum, Description }) => PatNum === 104 && Description.includes("[CB-"),
    );
  expect(mine()).toHaveLength(0);
  await fileIntoChart(admin, orderId, { kind: "delivery_note" }, NOTE());
  expect(mine()).toHaveLength(1);
});

test("F12: limited by the office, nobody calls before the time it named", async () => {
  arm({ kind: "status", status: 429, headers: { "retry-after": "2" } }, { method: "GET" });
  await listChartCategories(admin, orders[0]!).catch(() => {});
  const [limited] = calls().filter(({ status }) => status === 429);
  await expect
    .poll(
      () =>
        listChartCategories(admin, orders[0]!).then(
          () => true,
          () => false,
        ),
      { timeout: 15_000 },
    )
    .toBe(true);
  const after = calls().filter(({ seq }) => seq > limited!.seq);
  expect(Date.parse(after[0]!.at) - Date.parse(limited!.at)).toBeGreaterThanOrEqual(2_000);
  expect(calls().flatMap(({ violations }) => violations)).toEqual([]);
});

test("F04: a key that the office disabled parks the connection without a storm, and a good key brings it back", async () => {
  const fault = portal.sandbox.world.faults.arm({
    vendor: "open-dental-api",
    method: "GET",
    fault: { kind: "status", status: 401, body: "Invalid keys" },
  });
  const before = calls().length;
  await expect(listChartCategories(admin, orders[0]!)).rejects.toMatchObject({ code: "reconnect_needed" });
  for (let tries = 0; tries < 5; tries++)
    await expect(listChartCategories(admin, orders[0]!)).rejects.toMatchObject({ code: "reconnect_needed" });
  expect(calls().length - before).toBeLessThanOrEqual(2);
  const row = await database().connection.findUniqueOrThrow({ where: { id: connection } });
  expect(row).toMatchObject({ state: "reconnect_needed", problem: "vendor_credentials_wrong" });
  expect(await database().chartMatch.count({ where: { orderId: orders[0]!, undoneAt: null } })).toBe(1);
  portal.sandbox.world.faults.disarm(fault);
  expect(await connect({ connection })).toMatchObject({ id: connection, state: "connected" });
  expect((await listChartCategories(admin, orders[0]!)).items.length).toBeGreaterThan(0);
});

test("F60: keys, SFTP passwords and people of the chart are in no log and in no column in the clear", async () => {
  const canaries = new Canaries();
  canaries.add("customer key", portal.sandbox.openDentalCustomerKeys.enterprise);
  canaries.add("developer key", portal.sandbox.openDentalDeveloperKey);
  canaries.add("patient", "Fernández", "1978-01-30");
  await findPatients(admin, orders[0]!, { connection, lastName: "Fernández", firstName: "Lucía" });
  const passwords: string[] = [];
  await withDropAccount(
    admin,
    connection,
    "bring",
    async ({ addressOf }) => void passwords.push(addressOf("x").password),
  );
  canaries.add("SFTP password", ...passwords);
  await listChartPictures(admin, orders[0]!);
  arm({ kind: "status", status: 500, body: "Fernández 1978-01-30" }, { method: "POST" });
  await fileIntoChart(admin, orders[0]!, { kind: "picture" }, NOTE()).catch(() => {});
  const hits = canaries.findIn("log", printed.text());
  for (const { table, text } of await dumpDatabase()) hits.push(...canaries.findIn(table, text));
  expect(hits).toEqual([]);
});
