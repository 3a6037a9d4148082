import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { lockOrderRows } from "#lib/orders/lock-order-rows.ts";

/**
 * Brings the scan counters of these orders in line with their scans; files the vendor no longer lists do not count. Counted order
 * by order: as one join, the database reads all scans there are. Of two that end in one moment the second sees the first.
 */
export async function recountScans(tx: TenantTransaction, organisationId: string, orderIds: string[]): Promise<void> {
  if (orderIds.length === 0) return;
  await lockOrderRows(tx, organisationId, orderIds);
  await tx.$executeRaw`
    UPDATE orders AS o
    SET scans_count = c.all_of_them, scans_ready = c.ready, scans_failed = c.failed
    FROM (
      SELECT w.id, n.all_of_them, n.ready, n.failed
      FROM unnest(${orderIds}::uuid[]) AS w (id)
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS all_of_them,
          count(*) FILTER (WHERE s.state = 'ready')::int AS ready,
          count(*) FILTER (WHERE s.state = 'failed')::int AS failed
        FROM scans AS s JOIN order_files AS f ON f.id = s.file_id
        WHERE s.order_id = w.id AND s.organisation_id = ${organisationId}::uuid AND f.removed_at IS NULL
      ) AS n
    ) AS c
    WHERE o.id = c.id AND o.organisation_id = ${organisationId}::uuid
      AND (o.scans_count, o.scans_ready, o.scans_failed) IS DISTINCT FROM (c.all_of_them, c.ready, c.failed)`;
}
