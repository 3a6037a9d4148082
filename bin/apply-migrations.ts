import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { ROOT } from "./ensure-installed.mjs";
import { StartProblem } from "./start-problem.ts";

/** Prisma's own advisory lock for migrations: its command line and this runner exclude each other. */
const MIGRATION_LOCK = 72707369;
const MIGRATIONS_DIR = join(ROOT, "prisma", "migrations");

/**
 * Brings the database to the schema of this version: every `prisma/migrations/<name>/migration.sql` not yet applied, each in a
 * transaction of its own with its row in `_prisma_migrations`, then the queue's schema. Any number of processes may call it at
 * once. Interoperates with `prisma migrate` (same table, checksums and lock).
 * @returns the names of the migrations applied now
 * @throws when an applied migration was edited, or one failed earlier
 */
export async function applyMigrations(databaseUrl: string, directory = MIGRATIONS_DIR): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query(MIGRATIONS_TABLE);
    const applied = await applyMissing(client, directory);
    if (directory === MIGRATIONS_DIR) await prepareJobs(databaseUrl);
    return applied;
  } finally {
    // Ending the session frees the advisory lock, whatever state the transaction is in.
    await client.end();
  }
}

/** The migrations of this version that the database lacks. Changes nothing. */
export async function pendingMigrations(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ present: boolean }>(
      `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS present`,
    );
    const done = rows[0]?.present ? await finishedMigrations(client) : new Map();
    return (await migrationNames(MIGRATIONS_DIR)).filter((name) => !done.has(name));
  } finally {
    await client.end();
  }
}

async function applyMissing(client: pg.Client, directory: string): Promise<string[]> {
  const done = await finishedMigrations(client);
  const applied: string[] = [];
  for (const name of await migrationNames(directory)) {
    const sql = await readFile(join(directory, name, "migration.sql"), "utf8");
    const checksum = createHash("sha256").update(sql).digest("hex");
    const earlier = done.get(name);
    if (earlier) {
      if (!earlier.finished_at)
        throw new StartProblem(`The migration ${name} failed earlier. Repair it with "npx prisma migrate resolve".`);
      if (earlier.checksum !== checksum)
        throw new StartProblem(
          `The migration ${name} was changed after it had been applied. Restore the file; changes need a migration of their own.`,
        );
      continue;
    }
    const record = `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
      VALUES ('${randomUUID()}', '${checksum}', '${name}', now(), now(), 1);`;
    try {
      await client.query(`BEGIN;\n${sql}\n;${record}\nCOMMIT;`);
    } catch (error) {
      throw new StartProblem(`The migration ${name} failed and was rolled back: ${(error as Error).message}`, {
        cause: error,
      });
    }
    applied.push(name);
  }
  return applied;
}

async function finishedMigrations(
  client: pg.Client,
): Promise<Map<string, { checksum: string; finished_at: Date | null }>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  );
  return new Map(rows.map((row) => [row.migration_name, row]));
}

async function migrationNames(directory: string): Promise<string[]> {
  if (!existsSync(directory)) return [];
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && /^[\w-]+$/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** Loaded by path at run time: this file also runs where the rest of the portal is not needed. */
async function prepareJobs(databaseUrl: string): Promise<void> {
  const path = join(ROOT, "lib", "jobs", "prepare-queue.ts");
  const { prepareQueue } = (await import(pathToFileURL(path).href)) as {
    prepareQueue: (databaseUrl: string) => Promise<void>;
  };
  await prepareQueue(databaseUrl);
}

const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;
