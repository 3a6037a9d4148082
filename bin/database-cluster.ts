import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { promisify } from "node:util";
import { databaseBinaries, databaseUser, SYSTEM_STATE_DIR, type SystemUser } from "./database-binaries.ts";
import { StartProblem } from "./start-problem.ts";

export const DATABASE_OWNER = "casebench";

/** Where a cluster lies, who runs it and how to sign in. */
export type Cluster = {
  /** PostgreSQL's data directory, absolute. */
  directory: string;
  password: string;
  binaries: string;
  /** Set when started by root. */
  user: SystemUser | undefined;
  /** The server's own log, absolute. */
  log: string;
};

/** `<data dir>/postgres/cluster.json`, mode 0600. */
type ClusterRecord = { directory: string; password: string; initialised: boolean };

/**
 * The cluster of a data directory, made on first use. Call it only while holding the data directory's lock.
 * @throws when the recorded cluster is gone: an empty database in its place would look like lost orders
 */
export async function ensureCluster(dataDir: string, options: { fsync: boolean }): Promise<Cluster> {
  const home = join(dataDir, "postgres");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const user = databaseUser();
  const record = readRecord(dataDir) ?? newRecord(dataDir, user);
  const cluster = toCluster(dataDir, record, user);
  if (existsSync(join(cluster.directory, "PG_VERSION"))) {
    if (!record.initialised) writeRecord(dataDir, { ...record, initialised: true });
    return cluster;
  }
  if (record.initialised)
    throw new StartProblem(
      `The database of ${dataDir} is recorded in ${cluster.directory}, but nothing is there. Restore that folder, or remove ${join(home, "cluster.json")} to begin with an empty database.`,
    );
  await initialise(cluster, options);
  writeRecord(dataDir, { ...record, initialised: true });
  return cluster;
}

/** The recorded cluster of a data directory without making one. */
export function findCluster(dataDir: string): Cluster | undefined {
  const record = readRecord(dataDir);
  return record?.initialised ? toCluster(dataDir, record, databaseUser()) : undefined;
}

/** Deletes cluster and record. For test runs; a running server must be stopped first. */
export function removeCluster(dataDir: string): void {
  const record = readRecord(dataDir);
  if (record && isAbsolute(record.directory)) rmSync(dirname(record.directory), { recursive: true, force: true });
  rmSync(join(dataDir, "postgres"), { recursive: true, force: true });
}

function toCluster(dataDir: string, record: ClusterRecord, user: SystemUser | undefined): Cluster {
  const home = join(dataDir, "postgres");
  const directory = resolve(home, record.directory);
  // Root opening a cluster that an ordinary user made runs it as that user: PostgreSQL insists on the owner.
  const owner = user && statSync(directory, { throwIfNoEntry: false });
  return {
    directory,
    password: record.password,
    binaries: databaseBinaries(),
    user: owner ? { uid: owner.uid, gid: owner.gid } : user,
    log: join(home, "server.log"),
  };
}

/** The record is written before the cluster, so that a killed first start leaves nothing unaccounted for. */
function newRecord(dataDir: string, user: SystemUser | undefined): ClusterRecord {
  const hash = createHash("sha256").update(realpathSync(dataDir)).digest("hex").slice(0, 12);
  const record = {
    directory: user ? join(SYSTEM_STATE_DIR, `${hash}-${randomBytes(4).toString("hex")}`, "data") : "data",
    password: randomBytes(24).toString("base64url"),
    initialised: false,
  };
  writeRecord(dataDir, record);
  return record;
}

function readRecord(dataDir: string): ClusterRecord | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, "postgres", "cluster.json"), "utf8")) as ClusterRecord;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    if (code === "EACCES")
      throw new StartProblem(`${dataDir} belongs to another user. Start as that user, or set DATA_DIR.`);
    throw error;
  }
}

function writeRecord(dataDir: string, record: ClusterRecord): void {
  const path = join(dataDir, "postgres", "cluster.json");
  writeFileSync(`${path}.part`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.part`, path);
}

/** initdb into a folder beside the final one, then a rename: a cluster is complete or absent, however the first start ended. */
async function initialise(cluster: Cluster, options: { fsync: boolean }): Promise<void> {
  const home = dirname(cluster.directory);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  if (cluster.user) chownSync(home, cluster.user.uid, cluster.user.gid);
  clearUnfinished(home);
  const part = join(home, `initialising-${process.pid}-${randomBytes(4).toString("hex")}`);
  const passwordFile = `${part}.password`;
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (cluster.user) chownSync(passwordFile, cluster.user.uid, cluster.user.gid);
  const args = [
    "-D",
    part,
    "-U",
    DATABASE_OWNER,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
  ];
  // The built-in provider sorts by code point with Unicode case rules and needs no locale installed on the machine.
  args.push("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums");
  if (!options.fsync) args.push("--no-sync");
  try {
    await promisify(execFile)(join(cluster.binaries, "initdb"), args, {
      cwd: home,
      env: serverEnvironment(),
      ...cluster.user,
    });
  } catch (error) {
    const { stderr = "", message } = error as Error & { stderr?: string };
    throw new StartProblem(`The database could not be initialised in ${home}: ${stderr.trim() || message}`);
  }
  renameSync(part, cluster.directory);
  rmSync(passwordFile, { force: true });
}

/** What first starts left that were killed. An initdb of theirs may still be at it: then a later start clears it away. */
function clearUnfinished(home: string): void {
  for (const name of readdirSync(home)) {
    if (!name.startsWith("initialising-")) continue;
    try {
      rmSync(join(home, name), { recursive: true, force: true });
    } catch {
      // it is in nobody's way: every start initialises under a name of its own
    }
  }
}

/** The server gets nothing of our environment: it holds secrets, and libpq variables there would change what PostgreSQL does. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return { PATH, SystemRoot, LC_ALL: "C", TZ: "UTC" } as unknown as NodeJS.ProcessEnv;
}
