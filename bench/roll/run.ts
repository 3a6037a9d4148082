/**
 * Two versions of the portal under traffic on one database (fault F52): `OLD=<an older checkout> npx node bench/roll/run.ts`, where both
 * are built and have their packages. The old one works alone, the new one migrates and is started beside it, the old one is stopped;
 * then the new one is taken back, and brought in again. PHASE_S (30) seconds each, SEED (1). Prints one table; ends with 1 when a
 * request failed on either, or when decisions, uploads, jobs or orders were lost.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { applyMigrations } from "#bin/apply-migrations.ts";
import { ROOT } from "#bin/ensure-installed.mjs";
import { startThrowAwayDatabase } from "#bin/throw-away-database.ts";
import { PASSWORD } from "#e2e/sandbox/settings.ts";
import { verifyAudit } from "#lib/audit/verify-audit.ts";
import { ensureSecrets } from "#lib/crypto/ensure-secrets.ts";
import { closeDatabase, database } from "#lib/database/database.ts";
import { Chance } from "#lib/testing/chance.ts";
import { differences, type TrueOrder } from "#lib/testing/restless-vendor.ts";
import { startSandboxProcess } from "../start-bench-portal.ts";
import { startVersion, type Version } from "./start-version.ts";
import { startTraffic } from "./traffic.ts";

const OLD = process.env.OLD ?? "";
const PHASE_MS = Number(process.env.PHASE_S ?? 30) * 1_000;
const SEED = Number(process.env.SEED ?? 1);
const ORDERS = Number(process.env.ORDERS ?? 200);
const ACCOUNT = "lab@onelab.example";
const ADMIN = { email: "admin@roll.example", password: "correct horse" };

/** Jobs that there always are, and scans: thousands of them are on their way for as long as they take. */
const EVER = ["tick", "nightly", "fetch-scan", "draw-thumbnail"];

type Traffic = ReturnType<typeof startTraffic>;

function portalEnvironment(databaseUrl: string, dataDir: string, sandbox: Record<string, string>): NodeJS.ProcessEnv {
  const { nextAuthSecret, sealingKeys } = ensureSecrets(dataDir);
  const storages = [sandbox.meditlinkStorage, sandbox.cadmusStorage].map((url) => new URL(url ?? "").host);
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    PORTAL_URL: "http://localhost:3000",
    NEXTAUTH_URL: "http://localhost:3000",
    NEXTAUTH_SECRET: nextAuthSecret,
    SEALING_KEYS: sealingKeys,
    LOG_LEVEL: "warn",
    SANDBOX: "false",
    MEDITLINK_AUTH_URL: sandbox.meditlinkAuth,
    MEDITLINK_API_URL: sandbox.meditlinkApi,
    MEDITLINK_CLIENT_ID: sandbox.clientId,
    MEDITLINK_CLIENT_SECRET: sandbox.clientSecret,
    MEDITLINK_SCOPES: sandbox.scopes,
    MEDITLINK_ALLOW_PASSWORD_GRANT: "true",
    ALLOWED_DOWNLOAD_HOSTS: storages.join(","),
  };
}

/** The old version's own command brings the database to its own schema. @returns the first admin's key */
function bootstrap(env: NodeJS.ProcessEnv): string {
  const args = ["--org", "OneLab", "--kind", "lab", "--email", ADMIN.email, "--password", ADMIN.password, "--json"];
  const command = [join(OLD, "bin", "portal.mjs"), "bootstrap", ...args];
  return (JSON.parse(execFileSync(process.execPath, command, { cwd: OLD, env }).toString()) as { apiKey: string })
    .apiKey;
}

async function signIn({ url }: Version): Promise<string> {
  const cookieOf = (answer: Response) => answer.headers.getSetCookie().map((line) => line.split(";")[0]);
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookieOf(csrf).join("; ") },
    body: new URLSearchParams({ csrfToken, ...ADMIN, json: "true" }),
  });
  return cookieOf(answer).join("; ");
}

async function connect({ url }: Version, apiKey: string): Promise<string> {
  const answer = await fetch(`${url}/api/connections`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ vendor: "meditlink", credentials: { email: ACCOUNT, password: PASSWORD } }),
  });
  if (!answer.ok) throw new Error(`not connected: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

/** Every order whole here, so that each phase has enough to decide. */
async function pendingOrders(connectionId: string) {
  const where = { connectionId, detailFetchedAt: { not: null } };
  for (const deadline = Date.now() + 120_000; (await database().order.count({ where })) < ORDERS; await pause(500))
    if (Date.now() > deadline) throw new Error("the first sync takes too long");
  return await database().order.findMany({
    where: { ...where, status: "pending" },
    select: { id: true, number: true },
  });
}

/** The new version beside the old one, the old one gone; back again; and forth. */
async function roll(old: Version, start: Record<"earlier" | "later", () => Promise<Version>>, traffic: Traffic) {
  const url = process.env.DATABASE_URL ?? "";
  const say = (what: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${what}`);
  const phase = async (what: string) => {
    say(what);
    await pause(PHASE_MS);
  };
  async function replace(before: Version, after: Version, what: string): Promise<Version> {
    traffic.enter(after);
    await phase(what);
    traffic.leave(before);
    await before.stop();
    return after;
  }
  traffic.enter(old);
  await phase("the old version alone");
  say(`migrations: ${(await applyMigrations(url)).join(", ")}`);
  await phase("the old version on the new schema");
  let now = await replace(old, await start.later(), "both");
  await phase("the new version alone");
  now = await replace(now, await start.earlier(), "both, on the way back");
  await phase("the old version alone, taken back to");
  return await replace(now, await start.later(), "both, once more");
}

async function waitForJobs(): Promise<void> {
  const open = async () => {
    const [row] = await database().$queryRaw<{ n: number }[]>`
      SELECT (SELECT count(*) FROM jobs.job WHERE state < 'completed' AND name <> ALL (${EVER}))::int
        + (SELECT count(*) FROM decisions WHERE closed_at IS NULL)::int AS n`;
    return row?.n ?? 0;
  };
  for (const deadline = Date.now() + 180_000; (await open()) > 0 && Date.now() < deadline; ) await pause(1_000);
}

async function compare(traffic: Traffic, connectionId: string, control: string) {
  const truth = (await (await fetch(`${control}/orders?account=${ACCOUNT}`)).json()) as (TrueOrder & {
    counts: { accepted: number; rejected: number; cancelled: number };
  })[];
  const there = new Map(truth.map((order) => [String(order.number), order]));
  const here = await database().order.findMany({ where: { connectionId } });
  const rows = new Map(here.map((row) => [row.id, row]));
  const decisions = new Map((await database().decision.findMany()).map((row) => [row.id, row.state]));
  const uploads = new Map((await database().upload.findMany()).map((row) => [row.id, row.state]));
  const [failed] = await database().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM jobs.job WHERE state IN ('failed', 'cancelled') AND name NOT IN ('tick')`;
  const [open] = await database().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM jobs.job WHERE state < 'completed' AND name <> ALL (${EVER})`;
  const asWished = { accept: "ACCEPTED", reject: "REJECTED" };
  const bad = traffic.decided.filter(({ number, kind, id }) => {
    const order = there.get(number);
    const effects = order ? order.counts.accepted + order.counts.rejected + order.counts.cancelled : 0;
    return effects !== 1 || order?.status !== asWished[kind] || decisions.get(id) !== "confirmed";
  });
  const none = (what: string, list: unknown[]) => {
    for (const one of list.slice(0, 10)) console.error(what, one);
    return { what, measured: String(list.length), must: "0", isMet: list.length === 0 };
  };
  return [
    {
      what: "decisions, uploads",
      measured: `${traffic.decided.length}, ${traffic.uploads.length}`,
      must: "",
      isMet: true,
    },
    none("decisions not done once and shown so", bad),
    none(
      "uploads not listed",
      traffic.uploads.filter(({ id }) => uploads.get(id) !== "listed"),
    ),
    none(
      "downloads forgotten",
      [...traffic.downloaded].filter((id) => !rows.get(id)?.downloadedAt),
    ),
    none("orders that differ from the vendor's", differences(truth, here)),
    none("jobs failed", Array.from({ length: failed?.n ?? 0 })),
    none("jobs left", Array.from({ length: open?.n ?? 0 })),
    none(
      "audit trails broken",
      (await verifyAudit()).filter(({ brokenAt }) => brokenAt !== null),
    ),
  ];
}

function requests({ tally }: Traffic) {
  return [...tally].sort().map(([what, { asked, failed }]) => {
    for (const one of failed.slice(0, 5)) console.error(what, one);
    return { what: `${what}: failed`, measured: `${failed.length} of ${asked}`, must: "0", isMet: failed.length === 0 };
  });
}

if (!OLD) throw new Error("OLD: the path of an older checkout, built");
const server = await startThrowAwayDatabase();
const dataDir = mkdtempSync(join(tmpdir(), "casebench-roll-"));
const sandbox = await startSandboxProcess(ORDERS);
const versions: Version[] = [];
try {
  const env = portalEnvironment(server.url, dataDir, sandbox.ready);
  const apiKey = bootstrap(env);
  Object.assign(process.env, env);
  const start = (name: string, root: string) => async () => {
    const version = await startVersion(name, root, env);
    versions.push(version);
    return version;
  };
  const old = await start("old", OLD)();
  const control = sandbox.ready.control ?? "";
  const [cookie, connectionId] = [await signIn(old), await connect(old, apiKey)];
  const pending = await pendingOrders(connectionId);
  const traffic = startTraffic({ apiKey, cookie, connectionId, control }, pending, new Chance(SEED));
  const last = await roll(old, { earlier: start("old", OLD), later: start("new", ROOT) }, traffic);
  await traffic.end();
  await fetch(`${last.url}/api/connections/${connectionId}/sync`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}` },
  });
  await waitForJobs();
  const rows = [...requests(traffic), ...(await compare(traffic, connectionId, control))];
  console.table(rows);
  process.exitCode = rows.every(({ isMet }) => isMet) ? 0 : 1;
} finally {
  for (const version of versions) await version.stop();
  await closeDatabase();
  sandbox.stop();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
