import type { TenantTransaction } from "#lib/database/with-organisation.ts";

/**
 * Locks orders until the transaction ends, whoever locks several in the same order. A statement after this one sees what whoever had
 * them before has written; one that locks and reads at once would see other tables as they were when it began to wait.
 */
export async function lockOrderRows(
  tx: TenantTransaction,
  organisationId: string,
  orderIds: readonly string[],
): Promise<void> {
  await tx.$queryRaw`
    SELECT id FROM orders WHERE organisation_id = ${organisationId}::uuid AND id = ANY (${orderIds}::uuid[])
    ORDER BY id FOR UPDATE`;
}
