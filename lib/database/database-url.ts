import { env } from "#lib/env.ts";

/**
 * The address of the database. `npm start` sets it to the embedded server's when none was given.
 * @throws {Error} when this process was started without one
 */
export function requireDatabaseUrl(): string {
  const url = env().DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: start the portal with npm start, or name a PostgreSQL server.");
  return url;
}
