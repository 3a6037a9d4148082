import pg from "pg";
import { requireDatabaseUrl } from "#lib/database/database-url.ts";

/**
 * Runs `work` unless another process is at it: an advisory lock of a database connection of its own, which the database gives
 * back the moment this process dies, however it dies (F27).
 * @returns false when somebody else is at it
 */
export async function onlyOneRun(name: string, work: () => Promise<void>): Promise<boolean> {
  const client = new pg.Client({
    connectionString: requireDatabaseUrl(),
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  client.on("error", () => {}); // a lock that is lost with the database: the work's own queries fail then, too
  await client.connect();
  try {
    const { rows } = await client.query<{ got: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got",
      [name],
    );
    if (!rows[0]?.got) return false;
    await work();
    return true;
  } finally {
    await client.end().catch(() => {});
  }
}
