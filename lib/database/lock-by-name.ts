import type { Prisma } from "#generated/prisma/client.ts";

/** One at a time, among all processes: whoever locks the same name waits until this transaction ends. */
export async function lockByName(tx: Prisma.TransactionClient, name: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`;
}
