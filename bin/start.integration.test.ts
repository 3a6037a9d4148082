import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { takeLock } from "./exclusive-lock.mjs";
import { freePort } from "./free-port.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs the start command, which is expected to refuse. */
function start(
  settings: Record<string, string>,
): Promise<{ code: number; stdout: string; stderr: string; ms: number }> {
  const startedAt = Date.now();
  return new Promise((settle) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, "start.mjs")],
      { env: { ...process.env, DATA_DIR: dataDirectory(), ...settings } },
      (error, stdout, stderr) => settle({ code: Number(error?.code ?? 0), stdout, stderr, ms: Date.now() - startedAt }),
    );
  });
}

function dataDirectory(): string {
  const dataDir = mkdtempSync(join(tmpdir(), "casebench-start-"));
  cleanups.push(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

test("a second start on the same data directory says where the first one is and leaves within 2 s", async () => {
  const dataDir = dataDirectory();
  const lock = await takeLock(`portal:${realpathSync(dataDir)}`, { address: "http://localhost:3999" });
  cleanups.push(() => lock.held && lock.release());
  const { code, stderr, ms } = await start({ DATA_DIR: dataDir, PORT: String(await freePort()) });
  expect(code).toBe(1);
  expect(stderr).toContain(`http://localhost:3999 (process ${process.pid})`);
  expect(stderr).toContain(dataDir);
  expect(ms).toBeLessThan(2000);
});

test("a taken port is named before anything is started", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  cleanups.push(() => server.close());
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address() as { port: number };
  const { code, stdout, stderr } = await start({ PORT: String(port) });
  expect(code).toBe(1);
  expect(stderr).toContain(`PORT: port ${port} of 127.0.0.1 is taken by another program`);
  expect(stdout).toBe("");
});

test("wrong settings are all named at once, each with an example", async () => {
  const { code, stderr } = await start({ PORT: "many", DATABASE_URL: "mysql://db", SEALING_KEYS: "short" });
  expect(code).toBe(1);
  for (const name of ["PORT", "DATABASE_URL", "SEALING_KEYS"])
    expect(stderr).toMatch(new RegExp(`${name}: .*example: ${name}=`));
});

test("a data directory that cannot be written is named", async () => {
  const folderInAFile = join(import.meta.filename, "data");
  const { code, stderr } = await start({ DATA_DIR: folderInAFile, PORT: String(await freePort()) });
  expect(code).toBe(1);
  expect(stderr).toContain(`DATA_DIR: ${folderInAFile} cannot be written`);
});
