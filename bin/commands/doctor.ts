import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Env } from "#lib/env.ts";
import { pendingMigrations } from "../apply-migrations.ts";
import { findRunningDatabase } from "../embedded-database.ts";
import { isInstalled } from "../ensure-installed.mjs";
import { readSettings } from "../runtime-settings.ts";
import type { Command } from "./command.ts";

type Finding = { name: string; ok: boolean; sentence: string };

/** Below this much free space a day of scans may not fit, in bytes. */
const LITTLE_SPACE_BYTES = 2 * 2 ** 30;

export const doctor: Command = {
  name: "doctor",
  summary: "looks at everything the portal needs and says what is wrong",
  options: {},
  needsDatabase: false,
  run: async () => {
    const settings = readSettings();
    const findings = await Promise.all([
      look("Node", async () => `${process.version} on ${process.platform} ${process.arch}.`),
      look("Packages", lookAtPackages),
      look("Database", () => lookAtDatabase(settings)),
      look("Disk space", async () => lookAtDisk(settings)),
      look("Object store", () => lookAtObjectStore(settings)),
      look("7-Zip", lookAtSevenZip),
      look("Secrets", async () => lookAtSecrets(settings)),
      ...(settings.SANDBOX ? [look("Vendors", async () => "The sandbox vendors are used.")] : vendorFindings(settings)),
    ]);
    return { ok: findings.every(({ ok }) => ok), findings };
  },
  describe: ({ findings }) =>
    (findings as Finding[]).map(({ name, ok, sentence }) => `${ok ? "ok     " : "PROBLEM"}  ${name}: ${sentence}`),
};

/** A check returns the good news or throws the bad. */
async function look(name: string, check: () => Promise<string>): Promise<Finding> {
  try {
    return { name, ok: true, sentence: await check() };
  } catch (error) {
    return { name, ok: false, sentence: (error as Error).message };
  }
}

async function lookAtPackages(): Promise<string> {
  if (isInstalled()) return "All as package-lock.json says.";
  throw new Error("They differ from package-lock.json. The next npm start installs them.");
}

async function lookAtDatabase(settings: Env): Promise<string> {
  const url = settings.DATABASE_URL ?? (await findRunningDatabase(settings.DATA_DIR));
  if (!url) return "The embedded PostgreSQL is not running; npm start starts it.";
  const { host } = new URL(url);
  const pending = await pendingMigrations(url).catch((error: Error) => {
    throw new Error(`PostgreSQL at ${host} cannot be used: ${error.message}`);
  });
  if (pending.length > 0)
    throw new Error(`${pending.length} migration(s) are missing (${pending.join(", ")}). npm start applies them.`);
  return `PostgreSQL at ${host} answers, and its schema is up to date.`;
}

function lookAtDisk(settings: Env): string {
  const { bavail, bsize } = statfsSync(settings.DATA_DIR);
  const gigabytes = `${((bavail * bsize) / 2 ** 30).toFixed(1)} GB free for ${settings.DATA_DIR}.`;
  if (bavail * bsize < LITTLE_SPACE_BYTES) throw new Error(`Only ${gigabytes} Scans need room: free some space.`);
  return gigabytes;
}

async function lookAtObjectStore(settings: Env): Promise<string> {
  if (settings.OBJECT_STORE_URL) {
    const { endpoint } = Object.fromEntries(new URL(settings.OBJECT_STORE_URL).searchParams);
    return endpoint ? lookAtAddress(endpoint) : "An S3 bucket of AWS; not contacted.";
  }
  const folder = join(settings.DATA_DIR, "objects");
  const probe = join(folder, `.doctor-${process.pid}`);
  await mkdir(folder, { recursive: true });
  await writeFile(probe, "written by doctor");
  await rm(probe);
  return `${folder} can be written.`;
}

async function lookAtSevenZip(): Promise<string> {
  const { locateSevenZip } = await import("#lib/scans/locate-seven-zip.ts");
  const { path, version } = await locateSevenZip();
  return `Version ${version} (${path}).`;
}

function lookAtSecrets(settings: Env): string {
  const given = [settings.NEXTAUTH_SECRET && "NEXTAUTH_SECRET", settings.SEALING_KEYS && "SEALING_KEYS"].filter(
    Boolean,
  );
  if (given.length === 2) return "Given by the settings.";
  const folder = join(settings.DATA_DIR, "keys");
  if (!existsSync(folder)) return "Not made yet; npm start makes them.";
  for (const file of ["nextauth-secret", "sealing-keys"]) accessSync(join(folder, file), constants.R_OK);
  return `In ${folder}. Back them up: without the sealing keys, stored credentials and names cannot be read.`;
}

function vendorFindings(settings: Env): Promise<Finding>[] {
  return [
    look("MeditLink sign-in", () => lookAtAddress(settings.MEDITLINK_AUTH_URL)),
    look("MeditLink API", () => lookAtAddress(settings.MEDITLINK_API_URL)),
    look("Cadmus API", () => lookAtAddress(settings.CADMUS_API_URL)),
  ];
}

/** Any answer at all will do: these servers refuse strangers, which proves that they are there. */
async function lookAtAddress(url: string): Promise<string> {
  const { host } = new URL(url);
  try {
    const { status } = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
    return `${host} answers (${status}).`;
  } catch (error) {
    const cause = (error as Error).cause as { code?: string } | undefined;
    throw new Error(`${host} does not answer (${cause?.code ?? (error as Error).name}).`);
  }
}
