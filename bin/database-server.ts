import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type Cluster, DATABASE_OWNER, serverEnvironment } from "./database-cluster.ts";
import { freePort } from "./free-port.ts";
import { StartProblem } from "./start-problem.ts";

/** Crash recovery replays at most `max_wal_size` (1 GB), which a slow disk may need this long for. */
const READY_TIMEOUT_MS = 120_000;
const LOG_LIMIT_BYTES = 10_000_000;

/** A running PostgreSQL, started by us or found running. */
export type DatabaseServer = { pid: number; port: number; adopted: boolean; ended: Promise<void> };

export type ServerOptions = {
  /** Default: a free port. */
  port?: number;
  /** Off only for throw-away databases. */
  fsync?: boolean;
};

/**
 * A server that is starting because of an earlier, killed supervisor may win the race for the data directory or hold its shared
 * memory for another moment, so both are tried in turn for a while.
 */
export async function startOrAdopt(cluster: Cluster, options: ServerOptions): Promise<DatabaseServer> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const server = (await adopt(cluster)) ?? (await launch(cluster, options));
    if (server) return server;
    if (Date.now() > deadline)
      throw new StartProblem(`PostgreSQL did not start. The end of ${cluster.log}:\n${logTail(cluster.log)}`);
    await delay(100);
  }
}

/** Takes over the server that postmaster.pid names, if it is alive, ours and answers. Removes a pid file that would wedge the start. */
async function adopt(cluster: Cluster): Promise<DatabaseServer | undefined> {
  const pidFile = join(cluster.directory, "postmaster.pid");
  const deadline = Date.now() + READY_TIMEOUT_MS;
  const emptyUntil = Date.now() + 1000;
  while (Date.now() < deadline) {
    const lines = readLines(pidFile);
    if (!lines) return undefined;
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    // Killed between creating the file and writing it: PostgreSQL refuses to start over an empty one.
    if (!pid) {
      if (Date.now() > emptyUntil) rmSync(pidFile, { force: true });
    } else if (!isServer(pid, cluster.directory)) {
      // PostgreSQL checks only that the pid lives; after a reboot or in a container it may be somebody else's by now.
      rmSync(pidFile, { force: true });
      return undefined;
    } else if (port && (await answers(urlOf(cluster, port, "postgres"))) === "ready") {
      return { pid, port, adopted: true, ended: goneOf(pid, cluster.directory) };
    }
    await delay(50);
  }
  throw new StartProblem(
    `A PostgreSQL is running on ${cluster.directory} but does not answer. Its log: ${cluster.log}`,
  );
}

async function launch(cluster: Cluster, options: ServerOptions): Promise<DatabaseServer | undefined> {
  const port = options.port ?? (await freePort());
  const logSize = statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(cluster.log, logSize > LOG_LIMIT_BYTES ? "w" : "a", 0o600);
  const child = spawn(
    join(cluster.binaries, "postgres"),
    ["-D", cluster.directory, ...serverSettings(port, options.fsync ?? true)],
    {
      cwd: cluster.directory,
      env: serverEnvironment(),
      stdio: ["ignore", log, log],
      // A Ctrl-C in the terminal is for the supervisor, which stops the database last.
      detached: true,
      ...cluster.user,
    },
  );
  closeSync(log);
  child.unref();
  let alive = true;
  const ended = new Promise<void>((settle, fail) => {
    child.once("error", fail);
    child.once("exit", () => settle());
  }).finally(() => {
    alive = false;
  });
  ended.catch(() => {});
  const url = urlOf(cluster, port, "postgres");
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (alive && Date.now() < deadline) {
    if ((await answers(url)) === "ready") return { pid: child.pid ?? 0, port, adopted: false, ended };
    await Promise.race([ended, delay(30)]);
  }
  if (alive) child.kill("SIGQUIT");
  await ended;
  return undefined;
}

function serverSettings(port: number, fsync: boolean): string[] {
  const bufferMb = Math.max(64, Math.min(512, Math.floor(totalmem() / 2 ** 20 / 16)));
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 100,
    shared_buffers: `${bufferMb}MB`,
    fsync: fsync ? "on" : "off",
    synchronous_commit: fsync ? "on" : "off",
    full_page_writes: fsync ? "on" : "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    // A statement in the log would carry patient data with its parameters.
    log_min_error_statement: "panic",
    log_parameter_max_length_on_error: 0,
    log_error_verbosity: "terse",
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

export async function stopServer(server: DatabaseServer): Promise<void> {
  // PostgreSQL's own words: SIGINT is "fast", SIGQUIT is "immediate" and costs a recovery at the next start.
  for (const [signal, patienceMs] of [
    ["SIGINT", 20_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ] as const) {
    try {
      process.kill(server.pid, signal);
    } catch {
      return;
    }
    const timer = new AbortController();
    const ended = server.ended.then(() => true);
    const late = delay(patienceMs, false, { signal: timer.signal }).catch(() => false);
    const isGone = await Promise.race([ended, late]);
    timer.abort();
    if (isGone) return;
  }
}

/** `ready`, or `not_yet` (no connection, still recovering, or somebody else's server on that port). */
export async function answers(url: string): Promise<"ready" | "not_yet"> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
    return "ready";
  } catch {
    return "not_yet";
  } finally {
    await client.end().catch(() => {});
  }
}

/** PostgreSQL's working directory is its data directory: the one sure sign that a pid is that server and not a later process. */
function isServer(pid: number, directory: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  if (process.platform !== "linux") return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(directory);
  } catch {
    return false;
  }
}

/** An adopted server is nobody's child: its end shows only by looking. */
async function goneOf(pid: number, directory: string): Promise<void> {
  while (isServer(pid, directory)) await delay(250, undefined, { ref: false });
}

/** How the owner of a cluster connects to one of its databases. */
export function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgresql://${DATABASE_OWNER}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

/** The port that postmaster.pid names, whether or not anything answers there. */
export function recordedPort(cluster: Cluster): number | undefined {
  return Number(readLines(join(cluster.directory, "postmaster.pid"))?.[3]) || undefined;
}

function readLines(path: string): string[] | undefined {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return undefined;
  }
}

function logTail(path: string): string {
  return (readLines(path) ?? []).slice(-15).join("\n").trim();
}
