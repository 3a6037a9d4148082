import type { Prisma } from "#generated/prisma/client.ts";
import { connectAgain } from "#lib/database/connect-again.ts";
import { database } from "#lib/database/database.ts";

/** A transaction that sees one organisation only. */
export type TenantTransaction = Prisma.TransactionClient;

/**
 * Runs `work` in a transaction that row-level security limits to one organisation (design §4, Tenancy). Queries still name
 * `organisationId` themselves: two independent locks. Call no vendor inside: a transaction lasts milliseconds.
 */
export async function withOrganisation<T>(
  organisationId: string,
  work: (tx: TenantTransaction) => Promise<T>,
  options: { isolationLevel?: Prisma.TransactionIsolationLevel; timeout?: number } = {},
): Promise<T> {
  let hasBegun = false;
  const begin = () =>
    database().$transaction(async (tx) => {
      hasBegun = true;
      await tx.$queryRaw`SELECT set_config('role', 'casebench_tenant', true), set_config('app.organisation_id', ${organisationId}, true)`;
      return work(tx);
    }, options);
  return connectAgain(begin, () => hasBegun);
}
