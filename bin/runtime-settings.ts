import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureSecrets } from "#lib/crypto/ensure-secrets.ts";
import { type Env, readEnv, SettingsError } from "#lib/env.ts";
import { ROOT } from "./ensure-installed.mjs";
import { StartProblem } from "./start-problem.ts";

/** What the sandbox prints when it is ready, and what the portal needs to use it as its vendors. */
export type SandboxAnnouncement = {
  ready: true;
  meditlinkAuth: string;
  meditlinkApi: string;
  meditlinkStorage: string;
  cadmusApi: string;
  cadmusStorage: string;
  control: string;
  clientId: string;
  clientSecret: string;
  scopes: string[] | string;
  openDental: string;
  openDentalDeveloperKey: string;
  medisync: string;
};

/**
 * The settings of this start: the environment, then the clone's `.env` for what the environment leaves open. Used by `npm start` and
 * `npm run portal`, so that both mean the same database, keys and vendors.
 * @throws {StartProblem} naming every bad setting with an example
 */
export function readSettings(): Env {
  const file = join(ROOT, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  try {
    return readEnv();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const lines = error.message.split("\n").map((line) => `  ${line}`);
    throw new StartProblem(`Casebench cannot start with these settings:\n${lines.join("\n")}`);
  }
}

/**
 * The environment of the portal's own processes: every default filled in, secrets included (made on first use).
 * @param databaseUrl where the database answers by now
 */
export function processEnvironment(
  settings: Env,
  databaseUrl: string,
  sandbox?: SandboxAnnouncement,
): NodeJS.ProcessEnv {
  const secrets = ensureSecrets(settings.DATA_DIR);
  return {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(settings.PORT),
    HOST: settings.HOST,
    PORTAL_URL: settings.PORTAL_URL,
    NEXTAUTH_URL: settings.PORTAL_URL,
    DATA_DIR: settings.DATA_DIR,
    DATABASE_URL: databaseUrl,
    NEXTAUTH_SECRET: settings.NEXTAUTH_SECRET ?? secrets.nextAuthSecret,
    SEALING_KEYS: settings.SEALING_KEYS ?? secrets.sealingKeys,
    SANDBOX: String(settings.SANDBOX),
    ...(sandbox ? sandboxAsVendors(settings, sandbox) : {}),
  };
}

/** The vendors' settings that make the sandbox the vendors. */
function sandboxAsVendors(settings: Env, sandbox: SandboxAnnouncement): Record<string, string> {
  const storageHosts = [sandbox.meditlinkStorage, sandbox.cadmusStorage].map((url) => new URL(url).host);
  return {
    MEDITLINK_AUTH_URL: sandbox.meditlinkAuth,
    MEDITLINK_API_URL: sandbox.meditlinkApi,
    MEDITLINK_CLIENT_ID: sandbox.clientId,
    MEDITLINK_CLIENT_SECRET: sandbox.clientSecret,
    MEDITLINK_SCOPES: [sandbox.scopes].flat().join(" "),
    CADMUS_API_URL: sandbox.cadmusApi,
    OPEN_DENTAL_API_URL: sandbox.openDental,
    OPEN_DENTAL_DEVELOPER_KEY: sandbox.openDentalDeveloperKey,
    MEDISYNC_API_URL: sandbox.medisync,
    // The sandbox's Open Dental fetches and brings files on this machine; the port lies beside the sandbox's own.
    SFTP_DROP_HOST: settings.SFTP_DROP_HOST ?? "127.0.0.1",
    SFTP_DROP_PORT: String(Number(new URL(sandbox.openDental).port) + 3),
    ALLOWED_DOWNLOAD_HOSTS: [...settings.ALLOWED_DOWNLOAD_HOSTS, ...storageHosts].join(","),
  };
}

/** Creates the data directory for its owner's eyes only. @throws {StartProblem} when it cannot be used */
export function ensureDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartProblem(
      `DATA_DIR: ${dataDir} cannot be written (${(error as Error).message}). Give a folder of yours, for example DATA_DIR=./data`,
    );
  }
}

/** Remembers how the running sandbox announced itself, for commands and tests (mode 0600: it holds the client secret). */
export function recordSandbox(dataDir: string, announcement: SandboxAnnouncement): void {
  const path = join(dataDir, "sandbox", "announcement.json");
  mkdirSync(join(dataDir, "sandbox"), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.part`, JSON.stringify(announcement), { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

/** The sandbox of the latest start, if there was one. */
export function recordedSandbox(dataDir: string): SandboxAnnouncement | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, "sandbox", "announcement.json"), "utf8")) as SandboxAnnouncement;
  } catch {
    return undefined;
  }
}
