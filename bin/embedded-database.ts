import { spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
} from "node:fs";
import { createServer } from "node:net";
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type Cluster, DATABASE_OWNER, ensureCluster, findCluster, serverEnvironment } from "./database-cluster.ts";
import { readLock, takeLock } from "./exclusive-lock.mjs";
import { StartProblem } from "./start-problem.ts";

const DATABASE_NAME = "casebench";
/** Crash recovery replays at most `max_wal_size` (1 GB), which a slow disk may need this long for. */
const READY_TIMEOUT_MS = 120_000;
const LOG_LIMIT_BYTES = 10_000_000;

export type EmbeddedDatabase = {
  url: string;
  /** True when a server left behind by a killed supervisor was taken over instead of started. */
  adopted: boolean;
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop: () => Promise<void>;
};

/** Somebody else has this data directory open. `holder` is what they said about themselves. */
export class DataDirInUseError extends Error {
  override name = "DataDirInUseError";
  readonly holder: Record<string, unknown>;
  constructor(dataDir: string, holder: Record<string, unknown>) {
    super(`${dataDir} is in use by ${holder.what ?? "another process"} (process ${holder.pid ?? "unknown"}).`);
    this.holder = holder;
  }
}

type Options = {
  /** Default: a free port. */
  port?: number;
  /** Off only for throw-away databases. */
  fsync?: boolean;
  /** What a refused second opener is told about us. */
  what?: string;
  /** Receives a sentence when the server died and is started again. */
  onProblem?: (sentence: string) => void;
};

/**
 * Starts PostgreSQL on `<dataDir>/postgres`, or adopts the one that a killed supervisor left running, and keeps it running: the port
 * stays the same over restarts, so pools reconnect by themselves.
 * @throws {DataDirInUseError} when another process has the data directory open
 */
export async function startEmbeddedDatabase(dataDir: string, options: Options = {}): Promise<EmbeddedDatabase> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = await takeLock(databaseLock(dataDir), { what: options.what ?? "another process" });
  if (!lock.held) throw new DataDirInUseError(dataDir, lock.holder);
  try {
    const cluster = await ensureCluster(dataDir, { fsync: options.fsync ?? true });
    let server = await startOrAdopt(cluster, options);
    const { port, adopted } = server;
    await createDatabase(cluster, port);
    let stopping = false;
    const keepRunning = async (): Promise<void> => {
      for (let failures = 0; !stopping; ) {
        const startedAt = Date.now();
        await server.ended;
        if (stopping) return;
        failures = Date.now() - startedAt > 60_000 ? 0 : failures + 1;
        const waitMs = Math.min(100 * 2 ** failures, 10_000);
        options.onProblem?.(
          `PostgreSQL stopped unexpectedly; starting it again in ${waitMs} ms (its log: ${cluster.log}).`,
        );
        await delay(waitMs, undefined, { ref: false });
        if (stopping) return;
        const again = await startOrAdopt(cluster, { ...options, port }).catch((error: Error) => error);
        if (again instanceof Error) options.onProblem?.(again.message);
        else server = again;
      }
    };
    void keepRunning();
    return {
      url: urlOf(cluster, port, DATABASE_NAME),
      adopted,
      stop: async () => {
        stopping = true;
        await stopServer(server);
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** What `npm start` says about itself when it has the database open: only that one stays open for others. */
export const PORTAL_START = "npm start";

/** The address of the database that `npm start` has running on this data directory, if it has. */
export async function findRunningDatabase(dataDir: string): Promise<string | undefined> {
  const holder = existsSync(dataDir) ? await readLock(databaseLock(dataDir)) : undefined;
  const cluster = holder?.what === PORTAL_START ? findCluster(dataDir) : undefined;
  const port = cluster && Number(readLines(join(cluster.directory, "postmaster.pid"))?.[3]);
  if (!cluster || !port) return undefined;
  const url = urlOf(cluster, port, DATABASE_NAME);
  return (await answers(url)) === "ready" ? url : undefined;
}

function databaseLock(dataDir: string): string {
  return `database:${realpathSync(dataDir)}`;
}

type Server = { pid: number; port: number; adopted: boolean; ended: Promise<void> };

/**
 * A server that is starting because of an earlier, killed supervisor may win the race for the data directory or hold its shared
 * memory for another moment, so both are tried in turn for a while.
 */
async function startOrAdopt(cluster: Cluster, options: Options): Promise<Server> {
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
async function adopt(cluster: Cluster): Promise<Server | undefined> {
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

async function launch(cluster: Cluster, options: Options): Promise<Server | undefined> {
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

async function stopServer(server: Server): Promise<void> {
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

async function createDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port, "postgres") });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE_NAME]);
    if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE_NAME}`);
  } finally {
    await client.end();
  }
}

/** `ready`, or `not_yet` (no connection, still recovering, or somebody else's server on that port). */
async function answers(url: string): Promise<"ready" | "not_yet"> {
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

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgresql://${DATABASE_OWNER}:${cluster.password}@127.0.0.1:${port}/${database}`;
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

/** A port of 127.0.0.1 that nobody listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => settle(typeof address === "object" && address ? address.port : 0));
    });
  });
}
