import pg from "pg";
import type { TestProject } from "vitest/node";
import { applyMigrations } from "#bin/apply-migrations.ts";
import { startThrowAwayDatabase } from "#bin/throw-away-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's own PostgreSQL, as its owner. */
    databaseServer: string;
    /** A migrated database that tests copy; nobody can connect to it. */
    templateDatabase: string;
  }
}

const TEMPLATE = "casebench_template";

/** One PostgreSQL for the whole integration run, with the migrated template that {@link file://./test-database.ts} copies. */
export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
  const server = await startThrowAwayDatabase();
  try {
    const admin = new pg.Client({ connectionString: server.url });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${TEMPLATE}`);
    const template = new URL(server.url);
    template.pathname = `/${TEMPLATE}`;
    await applyMigrations(template.href);
    // A template somebody is connected to cannot be copied.
    await admin.query(`ALTER DATABASE ${TEMPLATE} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [TEMPLATE]);
    await admin.end();
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("databaseServer", server.url);
  project.provide("templateDatabase", TEMPLATE);
  return server.stop;
}
