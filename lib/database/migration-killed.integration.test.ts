import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { applyMigrations } from "#bin/apply-migrations.ts";

const ROOT = join(import.meta.dirname, "../..");
const NAME = `killed_${process.pid}`;
let url: string;
let folder: string;
let migrations: string;

async function ask<T extends object>(sql: string, database = NAME): Promise<T[]> {
  const at = new URL(inject("databaseServer"));
  at.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: at.href });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

const schema = async () =>
  ask(`SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'
       AND table_name <> '_prisma_migrations' ORDER BY 1, 2`);

beforeAll(async () => {
  const at = new URL(inject("databaseServer"));
  await ask(`CREATE DATABASE ${NAME}`, at.pathname.slice(1));
  at.pathname = `/${NAME}`;
  url = at.href;
  folder = mkdtempSync(join(tmpdir(), "casebench-migrations-"));
  migrations = join(folder, "migrations");
  cpSync(join(ROOT, "prisma/migrations"), migrations, { recursive: true });
});
afterAll(async () => {
  await ask(`DROP DATABASE ${NAME} WITH (FORCE)`, new URL(inject("databaseServer")).pathname.slice(1));
  rmSync(folder, { recursive: true, force: true });
});

/** A process that starts to migrate, as a new version does. */
function migrateInProcess(): ChildProcess {
  const program = `
    const { applyMigrations } = await import(${JSON.stringify(join(ROOT, "bin/apply-migrations.ts"))});
    await applyMigrations(${JSON.stringify(url)}, ${JSON.stringify(migrations)});`;
  return spawn(process.execPath, ["--input-type=module", "-e", program], { cwd: ROOT, stdio: "ignore" });
}

it("F52: a migration whose process is killed in the middle leaves nothing of it, and the next start goes on", async () => {
  await applyMigrations(url, migrations);
  const before = await schema();
  const name = `${readdirSync(migrations)
    .filter((entry) => /^\d/.test(entry))
    .sort()
    .at(-1)}_next`;
  cpSync(join(migrations, readdirSync(migrations).sort()[0]!), join(migrations, name), { recursive: true });
  writeFileSync(
    join(migrations, name, "migration.sql"),
    `CREATE TABLE "half" (id int PRIMARY KEY); SELECT pg_sleep(30); CREATE TABLE "other_half" (id int PRIMARY KEY);`,
  );
  for (let kill = 0; kill < 3; kill++) {
    const child = migrateInProcess();
    const isAsleep = async () =>
      (
        await ask(
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(30)%' AND wait_event = 'PgSleep'",
        )
      ).length;
    await expect.poll(isAsleep, { timeout: 20_000 }).toBe(1);
    child.kill("SIGKILL");
    await once(child, "exit");
    // PostgreSQL notices a dead client when it next writes to it; a supervisor that starts anew may end the session itself.
    await ask(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
    );
    await expect.poll(isAsleep, { timeout: 10_000 }).toBe(0);
    expect(await schema()).toEqual(before);
  }
  writeFileSync(join(migrations, name, "migration.sql"), `CREATE TABLE "whole" (id int PRIMARY KEY);`);
  const both = await Promise.all([applyMigrations(url, migrations), applyMigrations(url, migrations)]);
  expect(both.flat()).toEqual([name]);
  expect((await schema()).length).toBe(before.length + 1);
}, 60_000);
