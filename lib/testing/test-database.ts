import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { closeDatabase } from "#lib/database/database.ts";

export type TestDatabase = {
  url: string;
  /** A data directory of this database's own, absolute. */
  dataDir: string;
  /** Closes our pool, drops the database (whoever is still connected) and deletes the data directory. */
  drop: () => Promise<void>;
};

/**
 * A migrated, empty database of the calling test file's own, about 0.1 s. Call it in `beforeAll`, before anything reads a setting:
 * it sets the environment that `lib/env.ts` then checks (database, secrets, data directory).
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asOwner((admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE ${inject("templateDatabase")}`));
  const url = new URL(inject("databaseServer"));
  url.pathname = `/${name}`;
  const dataDir = mkdtempSync(join(tmpdir(), "casebench-test-data-"));
  Object.assign(process.env, {
    DATABASE_URL: url.href,
    DATA_DIR: dataDir,
    NEXTAUTH_SECRET: "a secret of the tests, known to everybody",
    SEALING_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
    LOG_LEVEL: process.env.LOG_LEVEL || "silent",
  });
  return {
    url: url.href,
    dataDir,
    drop: async () => {
      await closeDatabase();
      await asOwner((admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function asOwner(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: inject("databaseServer") });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
