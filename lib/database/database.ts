import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "#generated/prisma/client.ts";
import { requireDatabaseUrl } from "#lib/database/database-url.ts";
import { closeTrips } from "#lib/database/one-trip.ts";
import { log } from "#lib/log/log.ts";

/** The pool is shared by everything in one process; `globalThis` survives hot reloads of the development server. */
const shared = globalThis as typeof globalThis & { casebenchDatabase?: PrismaClient };

/**
 * The database as its owner: not limited to one organisation. For the few system paths only (sign-in, the worker's
 * schedule, the command line); everything else goes through {@link file://./with-organisation.ts}.
 */
export function database(): PrismaClient {
  shared.casebenchDatabase ??= new PrismaClient({
    adapter: new PrismaPg(
      {
        connectionString: requireDatabaseUrl(),
        max: 20,
        connectionTimeoutMillis: 5_000,
        idleTimeoutMillis: 30_000,
        statement_timeout: 30_000,
      },
      {
        onPoolError: (err) => log.warn({ err }, "database: pool"),
        onConnectionError: (err) => log.warn({ err }, "database: connection"),
      },
    ),
    transactionOptions: { maxWait: 5_000, timeout: 30_000 },
  });
  return shared.casebenchDatabase;
}

/** Closes the pools; the next {@link database} opens a new one. */
export async function closeDatabase(): Promise<void> {
  await closeTrips();
  const open = shared.casebenchDatabase;
  delete shared.casebenchDatabase;
  await open?.$disconnect();
}
