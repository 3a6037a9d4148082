import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyMigrations } from "#bin/apply-migrations.ts";
import { removeCluster } from "#bin/database-cluster.ts";
import { startEmbeddedDatabase } from "#bin/embedded-database.ts";
import { closeDatabase, database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { addNeighbours, type BenchLab, fillLab } from "./fill-database.ts";

const LARGE = Number(process.env.LARGE ?? 100_000);
const NEIGHBOURS = Number(process.env.NEIGHBOURS ?? 9);
export const SMALL = 1_000;

export type BenchDatabase = { large: BenchLab; small: BenchLab; close(): Promise<void> };

/**
 * A PostgreSQL with a large lab, a small one and their neighbours, a million orders in all; settings of this process point at it.
 * With `INBOX_DATA=<folder>` it stays there and is used again.
 */
export async function openBenchDatabase(): Promise<BenchDatabase> {
  const kept = process.env.INBOX_DATA;
  const folder = kept ?? mkdtempSync(join(tmpdir(), "casebench-bench-inbox-"));
  const server = await startEmbeddedDatabase(folder, { fsync: false, what: "a bench" });
  Object.assign(process.env, { DATABASE_URL: server.url, DATA_DIR: folder, LOG_LEVEL: "silent", SANDBOX: "false" });
  await applyMigrations(server.url);
  const labs = join(folder, "labs.json");
  if (!existsSync(labs)) writeFileSync(labs, JSON.stringify(await fill()), { mode: 0o600 });
  await closeQueue();
  await closeDatabase();
  return {
    ...(JSON.parse(readFileSync(labs, "utf8")) as Pick<BenchDatabase, "large" | "small">),
    async close() {
      await server.stop();
      if (kept) return;
      removeCluster(folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function fill() {
  const began = Date.now();
  const large = await fillLab("large", LARGE);
  await addNeighbours(large, NEIGHBOURS);
  // Last: a portal that starts opens the newest order, and only its own lab's orders are sealed for their rows.
  const small = await fillLab("small", SMALL);
  await database().$executeRawUnsafe("VACUUM ANALYZE");
  const all = (LARGE * (NEIGHBOURS + 1) + SMALL).toLocaleString("en");
  console.log(`${all} orders in the database, ${Math.round((Date.now() - began) / 1000)} s.\n`);
  return { small, large };
}
