import pg from "pg";

/** Any number: everybody who creates a database on this server asks for the same lock. */
const CREATING = 7_263_549;

/**
 * Creates a database unless the server has it. Whoever did so before may have been killed in the middle: the server works on for the
 * dead, and is waited for (pg_advisory_lock, held until that connection ends).
 * @param url the server's own database, by an account that may create others
 * @param name a plain identifier
 */
export async function createDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [CREATING]);
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
