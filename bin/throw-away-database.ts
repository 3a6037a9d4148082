import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findCluster, removeCluster } from "./database-cluster.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded-database.ts";

const PREFIX = "casebench-throw-away-";

/**
 * A PostgreSQL for one test run: its own folder, no fsync, deleted by `stop`. What a killed run left behind (a running server and
 * its folder) is cleared away by the next one.
 */
export async function startThrowAwayDatabase(): Promise<EmbeddedDatabase> {
  clearLeftovers();
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(dataDir, "owner.pid"), String(process.pid));
  const database = await startEmbeddedDatabase(dataDir, { fsync: false, what: "a test run" });
  return {
    ...database,
    stop: async () => {
      await database.stop();
      removeCluster(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function clearLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const dataDir = join(tmpdir(), name);
    try {
      if (isAlive(Number(readFileSync(join(dataDir, "owner.pid"), "utf8")))) continue;
      const server = serverPid(dataDir);
      if (server) process.kill(server, "SIGKILL");
      removeCluster(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    } catch {
      // another user's, or another run is clearing it at this moment
    }
  }
}

function serverPid(dataDir: string): number | undefined {
  const cluster = findCluster(dataDir);
  if (!cluster) return undefined;
  try {
    return Number(readFileSync(join(cluster.directory, "postmaster.pid"), "utf8").split("\n")[0]) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
