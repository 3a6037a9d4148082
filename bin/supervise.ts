import { realpathSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Env } from "#lib/env.ts";
import { applyMigrations } from "./apply-migrations.ts";
import { buildPortal } from "./build-portal.ts";
import { checkKeys } from "./check-keys.ts";
import { type DemoSignIn, seedDemoData } from "./demo-data.ts";
import { DataDirInUseError, PORTAL_START, startEmbeddedDatabase } from "./embedded-database.ts";
import { ROOT } from "./ensure-installed.mjs";
import { takeLock } from "./exclusive-lock.mjs";
import {
  ensureDataDir,
  processEnvironment,
  readSettings,
  recordSandbox,
  type SandboxAnnouncement,
} from "./runtime-settings.ts";
import { canListen, startSandbox } from "./sandbox-process.ts";
import { StartProblem } from "./start-problem.ts";
import { superviseProcess } from "./supervised-process.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

// `npm start`: everything the portal consists of, under one Ctrl-C.

/** A terminal sends Ctrl-C to npm and to us, and npm passes it on: within this time it is one and the same. */
const SAME_SIGNAL_MS = 700;

/**
 * How long an idle connection is kept. Node's 5 s is shorter than what proxies (60 s) and many programs keep theirs for: they would
 * send into a connection that is just being closed, and have their request reset.
 */
const KEEP_ALIVE_MS = 75_000;

/** What runs so far, to be stopped in reverse. */
const stops: { name: string; stop: () => Promise<unknown> }[] = [];
let stopRequestedAt: number | undefined;
let requestStop: () => void = () => {};
const stopRequested = new Promise<void>((settle) => {
  requestStop = settle;
});

class Stopped extends Error {}

const say = (line: string) => console.log(line);

function onSignal(): void {
  const now = Date.now();
  if (stopRequestedAt === undefined) {
    stopRequestedAt = now;
    requestStop();
  } else if (now - stopRequestedAt > SAME_SIGNAL_MS) {
    say("Leaving at once; what was running recovers at the next start.");
    process.exit(1);
  }
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
// The shim that started us was killed: there is nobody left to pass a signal on.
process.once("disconnect", () => requestStop());
process.channel?.unref();

let exitCode = 0;
try {
  const starting = start();
  starting.catch(() => {});
  await starting;
  await stopRequested;
} catch (error) {
  if (!(error instanceof Stopped)) {
    exitCode = 1;
    const isForReading = error instanceof StartProblem || error instanceof DataDirInUseError;
    console.error(isForReading ? error.message : error);
  }
}
if (stops.length > 0) say("Stopping …");
for (const { name, stop } of stops.reverse()) {
  await stop().catch((error: Error) => console.error(`${name} did not stop cleanly: ${error.message}`));
}
if (exitCode === 0) say("Stopped.");
process.exit(exitCode);

async function start(): Promise<void> {
  const settings = readSettings();
  ensureDataDir(settings.DATA_DIR);
  await refuseSecondStart(settings);
  const isFree = await canListen(settings.PORT, settings.HOST).catch((error: Error) => {
    throw new StartProblem(
      `HOST: ${settings.HOST} cannot be listened on (${error.message}); for example HOST=127.0.0.1`,
    );
  });
  if (!isFree)
    throw new StartProblem(
      `PORT: port ${settings.PORT} of ${settings.HOST} is taken by another program. Stop that, or choose another port, for example PORT=${settings.PORT + 1}.`,
    );
  await unlessStopped(buildPortal(say));
  const databaseUrl = settings.DATABASE_URL ?? (await startDatabase(settings));
  await unlessStopped(migrate(databaseUrl, settings));
  const sandbox = settings.SANDBOX ? await startVendors(settings) : undefined;
  const environment = processEnvironment(settings, databaseUrl, sandbox);
  if (environment.SEALING_KEYS) await checkKeys(databaseUrl, environment.SEALING_KEYS);
  // The demo data and the first page take about a second each: side by side.
  const demo = sandbox ? seedOrComplain(environment) : Promise.resolve([]);
  startPortalProcess("worker", ["lib/jobs/worker.ts"], environment);
  const web = [
    "node_modules/next/dist/bin/next",
    "start",
    "-p",
    String(settings.PORT),
    "-H",
    settings.HOST,
    "--keepAliveTimeout",
    String(KEEP_ALIVE_MS),
  ];
  startPortalProcess("web", web, environment);
  const signIns = await unlessStopped(demo);
  await unlessStopped(waitUntilReady(settings, (sentence) => console.error(sentence)));
  announce(settings, signIns, signIns.length > 0 ? null : await offerSetUpLink(environment));
}

/** Resolves with the work, or throws as soon as somebody asks to stop: a long build is not waited for. */
async function unlessStopped<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  const stopped = stopRequested.then((): never => {
    throw new Stopped();
  });
  return Promise.race([work, stopped]);
}

async function refuseSecondStart(settings: Env): Promise<void> {
  const lock = await takeLock(`portal:${realpathSync(settings.DATA_DIR)}`, { address: settings.PORTAL_URL });
  if (lock.held) return;
  const { pid, address } = lock.holder;
  throw new StartProblem(
    `Casebench is running on this data directory already${address ? `: ${address}` : ""} (process ${pid ?? "unknown"}).\n` +
      `Data directory: ${settings.DATA_DIR}\nStop it there with Ctrl-C, or start a second one with DATA_DIR and PORT of its own.`,
  );
}

async function startDatabase(settings: Env): Promise<string> {
  // An administrator's command may have the database open for a moment.
  for (const deadline = Date.now() + 20_000; ; await delay(200)) {
    try {
      const onProblem = (sentence: string) => console.error(sentence);
      const database = await startEmbeddedDatabase(settings.DATA_DIR, { what: PORTAL_START, onProblem });
      stops.push({ name: "The database", stop: database.stop });
      if (database.adopted) say("The database was still running from an earlier start; continuing with it.");
      return database.url;
    } catch (error) {
      const isCommand = error instanceof DataDirInUseError && error.holder.what !== PORTAL_START;
      if (!isCommand || Date.now() > deadline) throw error;
    }
  }
}

async function migrate(databaseUrl: string, settings: Env): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (let told = false; ; ) {
    try {
      const applied = await applyMigrations(databaseUrl);
      if (applied.length > 0) say(`Database: ${applied.length} migration(s) applied.`);
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      const isUnreachable = ["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "EAI_AGAIN", "57P03"].includes(code ?? "");
      if (!isUnreachable || !settings.DATABASE_URL) throw error;
      const { host } = new URL(databaseUrl);
      if (Date.now() > deadline) throw new StartProblem(`DATABASE_URL: no PostgreSQL answers at ${host} (${code}).`);
      if (!told) say(`Waiting for PostgreSQL at ${host} …`);
      told = true;
      await unlessStopped(delay(1000));
    }
  }
}

async function startVendors(settings: Env): Promise<SandboxAnnouncement> {
  const sandbox = await startSandbox(settings, {
    line: (line) => say(prefixed("sandbox", line)),
    problem: (sentence) => console.error(sentence),
  });
  stops.push({ name: "The sandbox", stop: sandbox.process.stop });
  recordSandbox(settings.DATA_DIR, sandbox.announcement);
  return sandbox.announcement;
}

function startPortalProcess(name: "web" | "worker", args: string[], env: NodeJS.ProcessEnv): void {
  const [script = "", ...rest] = args;
  const portalProcess = superviseProcess({
    name: name === "web" ? "The web process" : "The worker",
    args: [join(ROOT, script), ...rest],
    env,
    onLine: (line) => isBanner(line) || say(prefixed(name, line)),
    onProblem: (sentence) => console.error(sentence),
  });
  // The worker gives running jobs 8 s to finish. Next would wait for every open event stream, and those never end by themselves.
  const patienceMs = name === "worker" ? 10_000 : 3_000;
  stops.push({ name, stop: () => portalProcess.stop(patienceMs) });
}

function prefixed(name: string, line: string): string {
  return `${name.padEnd(7)} │ ${line}`;
}

/** Next's own greeting says an address too, and not always the one people should use. */
function isBanner(line: string): boolean {
  return line.trim() === "" || /^\s*(▲ Next\.js|- (Local|Network):|✓ (Starting|Ready))/.test(line);
}

/** Without its demo people the portal is still a portal. */
async function seedOrComplain(environment: NodeJS.ProcessEnv): Promise<DemoSignIn[]> {
  try {
    return await seedDemoData(environment);
  } catch (error) {
    if (stopRequestedAt === undefined) console.error((error as Error).message);
    return [];
  }
}

/** The one-time link to make the first organisation with, while there is none. */
async function offerSetUpLink(environment: NodeJS.ProcessEnv): Promise<string | null> {
  Object.assign(process.env, environment);
  const [{ offerSetUp }, { closeDatabase }] = await Promise.all([
    import("#lib/access/set-up.ts"),
    import("#lib/database/database.ts"),
  ]);
  try {
    return await offerSetUp();
  } finally {
    await closeDatabase();
  }
}

function announce(settings: Env, signIns: DemoSignIn[], setUpLink: string | null): void {
  const lines = ["", `  Casebench is ready: ${settings.PORTAL_URL}`, ""];
  if (signIns.length > 0) {
    const width = Math.max(...signIns.map(({ email }) => email.length));
    lines.push("  Demo sign-ins (sandbox vendors, nothing leaves this machine):");
    for (const { email, password, organisation, role } of signIns)
      lines.push(`    ${email.padEnd(width)}  ${password}   ${organisation}, ${role}`);
    lines.push("");
  }
  if (setUpLink) lines.push("  Make your organisation and its first admin here (works once):", `    ${setUpLink}`, "");
  lines.push(`  Data: ${settings.DATA_DIR}`, "  Ctrl-C stops everything.", "");
  say(lines.join("\n"));
}
