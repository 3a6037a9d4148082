import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { createDatabase } from "./create-database.ts";
import { ensureCluster, findCluster } from "./database-cluster.ts";
import { answers, recordedPort, type ServerOptions, startOrAdopt, stopServer, urlOf } from "./database-server.ts";
import { readLock, takeLock } from "./exclusive-lock.mjs";

const DATABASE_NAME = "casebench";

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

type Options = ServerOptions & {
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
    await createDatabase(urlOf(cluster, port, "postgres"), DATABASE_NAME);
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
        if (stopping) await stopServer(server);
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
  const port = cluster && recordedPort(cluster);
  if (!cluster || !port) return undefined;
  const url = urlOf(cluster, port, DATABASE_NAME);
  return (await answers(url)) === "ready" ? url : undefined;
}

function databaseLock(dataDir: string): string {
  return `database:${realpathSync(dataDir)}`;
}
