import { database } from "#lib/database/database.ts";
import { log } from "#lib/log/log.ts";

/**
 * Folds the differences that triggers wrote into one row per connection, status and completeness, and puts right what does not
 * agree with the orders themselves. Each statement sees one moment and adds differences only: no sync waits for it.
 */
export async function foldOrderCounts(): Promise<void> {
  const corrected = await database().$executeRaw`
    WITH really AS (
      SELECT organisation_id, connection_id, vendor, status, completeness, count(*)::int AS n FROM orders GROUP BY 1, 2, 3, 4, 5
    ), counted AS (
      SELECT organisation_id, connection_id, vendor, status, completeness, sum(n)::int AS n FROM order_counts GROUP BY 1, 2, 3, 4, 5
    )
    INSERT INTO order_counts (organisation_id, connection_id, vendor, status, completeness, n)
    SELECT organisation_id, connection_id, vendor, status, completeness, coalesce(really.n, 0) - coalesce(counted.n, 0)
    FROM really FULL JOIN counted USING (organisation_id, connection_id, vendor, status, completeness)
    WHERE coalesce(really.n, 0) <> coalesce(counted.n, 0)`;
  if (corrected > 0) log.warn({ corrected }, "order counts corrected");
  await database().$executeRaw`
    WITH gone AS (DELETE FROM order_counts RETURNING *)
    INSERT INTO order_counts (organisation_id, connection_id, vendor, status, completeness, n)
    SELECT organisation_id, connection_id, vendor, status, completeness, sum(n)::int
    FROM gone GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0`;
}
