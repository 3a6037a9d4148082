import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import ssh2, { type SFTPWrapper } from "ssh2";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "#e2e/sandbox/start-sandbox.ts";
import { database } from "#lib/database/database.ts";
import { newId } from "#lib/database/new-id.ts";
import { AccountFolder, normalPath } from "#lib/sftp-drop/account-folder.ts";
import { describeDrop } from "#lib/sftp-drop/describe-drop.ts";
import {
  dropFolder,
  findDropAccount,
  type OpenDrop,
  purgeDrops,
  withDropAccount,
} from "#lib/sftp-drop/drop-accounts.ts";
import { hostKeyOf } from "#lib/sftp-drop/host-key.ts";
import type { DropDirection } from "#lib/sftp-drop/serve-sftp.ts";
import { startDropOfPortal } from "#lib/sftp-drop/start-drop-of-portal.ts";
import { type SftpDrop, startSftpDrop } from "#lib/sftp-drop/start-sftp-drop.ts";
import { makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import type { SftpAddress } from "#lib/vendors/document-store.ts";
import { openDental } from "#lib/vendors/open-dental/connector.ts";

const PORT = 4410;
const organisationId = newId();
const connectionId = newId();
const charts = openDental.documents!;
const FILE = { patientKey: "101", description: "x", categoryKey: "14", imageType: "file", teeth: [] } as const;

let db: TestDatabase;
let sandbox: Sandbox;
let drop: SftpDrop;
const start = () => startSftpDrop({ folder: dropFolder(), host: "127.0.0.1", port: PORT, find: findDropAccount });

beforeAll(async () => {
  db = await createTestDatabase();
  sandbox = await startSandbox({ port: 0, orders: 5, triangles: 500 });
  Object.assign(process.env, {
    OPEN_DENTAL_API_URL: sandbox.openDental,
    OPEN_DENTAL_DEVELOPER_KEY: sandbox.openDentalDeveloperKey,
    SFTP_DROP_HOST: "127.0.0.1",
    SFTP_DROP_PORT: String(PORT),
  });
  drop = await start();
});
afterAll(async () => {
  await drop.close();
  await sandbox.close();
  await db.drop();
});
beforeEach(() => {
  sandbox.world.openDental.seed();
  sandbox.world.live.openDentalThrottle = 0;
});

const session = () => ({
  connectionId: newId(),
  organisationId: newId(),
  baseUrl: sandbox.openDental,
  accessToken: sandbox.openDentalCustomerKeys.full,
  groupKey: null,
  region: "default",
});
const using = <T>(direction: DropDirection, work: (open: OpenDrop) => Promise<T>) =>
  withDropAccount({ organisationId }, connectionId, direction, work);
const leftBehind = async () => ({
  accounts: await database().sftpAccount.count(),
  folders: readdirSync(join(dropFolder(), "accounts")).length,
});
const NOTHING = { accounts: 0, folders: 0 };

/** Signs in as a client that nobody wrote for us would. */
async function connect({ host, port, username, password }: SftpAddress): Promise<{ sftp: SFTPWrapper; end(): void }> {
  const client = new ssh2.Client();
  const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
    client.once("error", reject);
    client.once("ready", () => client.sftp((error, opened) => (error ? reject(error) : resolve(opened))));
    client.connect({ host, port, username, password });
  });
  return { sftp, end: () => client.end() };
}
const asked = (run: (done: (error: Error | null | undefined) => void) => void) =>
  new Promise<string>((resolve) => run((error) => resolve(error ? error.message : "ok")));

describe("the SFTP site", () => {
  test("a file comes byte for byte, both ways, and nothing is left behind", async () => {
    const bytes = randomBytes(5_000_001);
    const key = await using("fetch", async ({ folder, addressOf }) => {
      const site = addressOf("scan.stl");
      expect(site.path).not.toMatch(/101|smith|john/i);
      await folder.write(site.path, bytes);
      return charts.pull(session(), FILE, site);
    });
    const back = await using("bring", async ({ folder, addressOf }) => {
      const site = addressOf("scan.stl");
      await charts.push(session(), { kind: "document", key: key! }, site);
      return folder.read(site.path);
    });
    expect(back!.equals(bytes)).toBe(true);
    expect(await leftBehind()).toEqual(NOTHING);
    expect(sandbox.world.calls.violations()).toEqual([]);
  });

  test("a file that comes after the office's answer is waited for, one that never comes is not there", async () => {
    await withDropAccount({ organisationId }, connectionId, "bring", async ({ folder }) => {
      const arriving = folder.readArriving("/late.png", performance.now() + 8_000);
      const bytes = randomBytes(100_000);
      await folder.write("/late.png", bytes);
      expect(await arriving).toEqual(bytes);
      expect(await folder.readArriving("/never.png", performance.now() + 300)).toBeNull();
    });
  });

  test("an account and its files go also when the transfer fails", async () => {
    const failed = using("fetch", ({ addressOf }) => charts.pull(session(), FILE, addressOf("missing.pdf")));
    await expect(failed).rejects.toMatchObject({ kind: "invalid" });
    expect(await leftBehind()).toEqual(NOTHING);
  });

  test("F18: the host key stays over a restart, and an office refuses another one", async () => {
    const before = drop.fingerprint;
    expect(before).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    const send = () =>
      using("bring", ({ addressOf }) => charts.push(session(), { kind: "document", key: "34" }, addressOf("a.png")));
    await send();
    await drop.close();
    drop = await start();
    expect(drop.fingerprint).toBe(before);
    await send();
    await drop.close();
    rmSync(join(dropFolder(), "host-key"));
    drop = await start();
    expect(drop.fingerprint).not.toBe(before);
    await expect(send()).rejects.toMatchObject({ kind: "invalid" });
    expect(hostKeyOf(dropFolder()).fingerprint).toBe(drop.fingerprint);
  });

  test("the portal starts the site once per machine and tells an admin its fingerprint", async () => {
    await drop.close();
    const site = await startDropOfPortal();
    expect(await startDropOfPortal()).toBeNull();
    const admin = await makePrincipal("clinic", "admin");
    expect(await describeDrop(admin)).toEqual({ host: "127.0.0.1", port: PORT, fingerprint: site!.fingerprint });
    const staff = await makePrincipal("clinic", "staff");
    await expect(describeDrop(staff)).rejects.toMatchObject({ code: "forbidden" });
    await site!.close();
    drop = await start();
  });

  test("an account sees its own files only, by no spelling of a path", async () => {
    await using("fetch", async (other) => {
      const secret = other.addressOf("secret.pdf");
      await other.folder.write(secret.path, Buffer.from("secret"));
      await using("fetch", async ({ addressOf }) => {
        const { sftp, end } = await connect(addressOf("x"));
        const paths = [
          secret.path,
          `/../..${secret.path}`,
          "/etc/passwd",
          "../../../../etc/passwd",
          "/../host-key",
          "",
        ];
        for (const path of paths)
          expect(await asked((done) => sftp.readFile(path, done)), path).toMatch(/No such file|Failure/);
        expect(await asked((done) => sftp.readdir("/", done))).not.toBe("ok");
        expect(await asked((done) => sftp.symlink("/etc/passwd", "/link", done))).not.toBe("ok");
        end();
      });
    });
  });

  test("an account to fetch from takes no file, and a shell is given to nobody", async () => {
    await using("fetch", async ({ addressOf }) => {
      const site = addressOf("a.bin");
      const { sftp, end } = await connect(site);
      expect(await asked((done) => sftp.writeFile(site.path, "x", done))).toMatch(/Permission denied/);
      expect(await asked((done) => sftp.unlink(site.path, done))).toMatch(/Permission denied/);
      end();
      const client = new ssh2.Client();
      const said = await new Promise<string>((resolve) => {
        client.once("ready", () => client.exec("id", (error) => resolve(error ? "refused" : "run")));
        client.connect({ host: site.host, port: site.port, username: site.username, password: site.password });
      });
      client.end();
      expect(said).toBe("refused");
    });
  });

  test("a wrong password, an unknown account and one whose time is over are refused alike", async () => {
    await using("bring", async ({ addressOf }) => {
      const site = addressOf("x");
      const refused = /authentication methods failed/;
      await expect(connect({ ...site, password: "wrong" })).rejects.toThrow(refused);
      await expect(connect({ ...site, username: "d0000000000000000" })).rejects.toThrow(refused);
      await expect(connect({ ...site, username: "root" })).rejects.toThrow(refused);
      await database().sftpAccount.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
      await expect(connect(site)).rejects.toThrow(refused);
    });
  });

  test("what a killed process left behind is purged", async () => {
    mkdirSync(join(dropFolder(), "accounts", newId()), { recursive: true });
    await using("bring", async ({ folder }) => {
      await folder.write("/kept", Buffer.from("kept"));
      expect(await purgeDrops(new Date())).toEqual({ accounts: 0, folders: 1 });
      expect(await folder.read("/kept")).not.toBeNull();
      expect(await purgeDrops(new Date(Date.now() + 3_600_000))).toEqual({ accounts: 1, folders: 1 });
    });
    expect(await leftBehind()).toEqual(NOTHING);
  });

  test("no password and no name is on the disk or in the database", async () => {
    await using("bring", async ({ folder, addressOf }) => {
      const { path, password } = addressOf("SmithJohn440.gif");
      await folder.write(path, Buffer.from("x"));
      const names = readdirSync(dropFolder(), { recursive: true }).join(" ");
      expect(names).not.toMatch(/Smith/);
      const rows = JSON.stringify(await database().$queryRaw`SELECT a::text FROM sftp_accounts a`);
      expect(rows).not.toContain(password);
    });
  });

  test("one spelling per path", () => {
    expect(normalPath("a//b/./c")).toBe("/a/b/c");
    expect(new AccountFolder(dropFolder(), newId())).toBeInstanceOf(AccountFolder);
  });
});
