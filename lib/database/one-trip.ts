import pg from "pg";
import { connectAgain } from "#lib/database/connect-again.ts";
import { requireDatabaseUrl } from "#lib/database/database-url.ts";
import { type Statement, TripQuery } from "#lib/database/trip-query.ts";
import { log } from "#lib/log/log.ts";

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
  const [, ...rows] = await send([limit, ...statements]);
  return rows as T;
}

/** One statement as the tables' owner: for the few system paths, as {@link file://./database.ts database} is. */
export async function askAsOwner<Row>(statement: Statement): Promise<Row[]> {
  const [rows] = await send([statement]);
  return rows as Row[];
}

/** What was asked for in one moment and has not left yet. */
type Sending = { statements: Statement[]; take(rows: unknown[][]): void; fail(error: unknown): void };

/** More trips than this do not wait for each other on one connection. */
const MOST_TOGETHER = 3;

let leaving: Sending[] = [];

/** Trips that begin in one moment of the process leave on one connection, in one write: each write is a system call. */
function send(statements: Statement[]): Promise<unknown[][]> {
  return new Promise((take, fail) => {
    if (leaving.push({ statements, take, fail }) === 1) queueMicrotask(leave);
  });
}

function leave(): void {
  const all = leaving;
  leaving = [];
  for (let at = 0; at < all.length; at += MOST_TOGETHER) void leaveTogether(all.slice(at, at + MOST_TOGETHER));
}

async function leaveTogether(together: Sending[]): Promise<void> {
  const client = await connectAgain(
    () => pool().connect(),
    () => false,
  ).catch((error: unknown) => {
    for (const { fail } of together) fail(error);
    return null;
  });
  if (!client) return;
  const { stream } = client.connection;
  let under = together.length;
  let failed = false;
  stream.cork();
  for (const { statements, take, fail } of together)
    client.query(
      new TripQuery(statements, (error, rows) => {
        failed ||= error !== null;
        if (--under === 0) client.release(failed);
        if (error) fail(error);
        else take(rows);
      }),
    );
  stream.uncork();
}

/** Closes the pool; the next statement opens a new one. */
export async function closeTrips(): Promise<void> {
  const open = shared.casebenchTrips;
  delete shared.casebenchTrips;
  await open?.end();
}
