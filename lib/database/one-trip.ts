import pg from "pg";
import { requireDatabaseUrl } from "#lib/database/database-url.ts";
import { log } from "#lib/log/log.ts";

/** A prepared statement: the database plans it once per connection. `name` stands for this one text, always. */
export type Statement = { name: string; text: string; values: unknown[] };

/** A place in the pool is needed for about a millisecond. */
const CONNECTIONS = 5;

const shared = globalThis as typeof globalThis & { casebenchTrips?: pg.Pool };

function pool(): pg.Pool {
  if (shared.casebenchTrips) return shared.casebenchTrips;
  const made = new pg.Pool({
    connectionString: requireDatabaseUrl(),
    max: CONNECTIONS,
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    keepAlive: true,
  });
  made.on("error", (err) => log.warn({ err }, "database: pool"));
  made.on("connect", (client) => client.on("error", (err) => log.warn({ err }, "database: connection")));
  shared.casebenchTrips = made;
  return made;
}

const BEGIN: Statement = { name: "begin", text: "BEGIN", values: [] };
const COMMIT: Statement = { name: "commit", text: "COMMIT", values: [] };

/**
 * What {@link file://./with-organisation.ts withOrganisation} does, for statements that do not wait for each other's answers:
 * all of them travel together, in one round trip. For what every request does; everything else is clearer there.
 * @returns each statement's rows
 */
export async function inOneTrip<T extends unknown[][]>(
  organisationId: string,
  ...statements: { [K in keyof T]: Statement }
): Promise<T> {
  const limit: Statement = {
    name: "limit",
    text: "SELECT set_config('role', 'casebench_tenant', true), set_config('app.organisation_id', $1, true)",
    values: [organisationId],
  };
  const [, , ...rows] = await send([BEGIN, limit, ...statements, COMMIT]);
  return rows.slice(0, -1) as T;
}

/** One statement as the tables' owner: for the few system paths, as {@link file://./database.ts database} is. */
export async function askAsOwner<Row>(statement: Statement): Promise<Row[]> {
  const [rows] = await send([statement]);
  return rows as Row[];
}

async function send(statements: Statement[]): Promise<unknown[][]> {
  const client = await pool().connect();
  const answers = await Promise.allSettled(statements.map((statement) => client.query(statement)));
  const failed = answers.find((answer) => answer.status === "rejected");
  client.release(failed !== undefined);
  if (failed) throw failed.reason;
  return answers.map((answer) => (answer.status === "fulfilled" ? answer.value.rows : []));
}

/** Closes the pool; the next statement opens a new one. */
export async function closeTrips(): Promise<void> {
  const open = shared.casebenchTrips;
  delete shared.casebenchTrips;
  await open?.end();
}
