import { database } from "#lib/database/database.ts";
import { log } from "#lib/log/log.ts";

/**
 * Folds the differences that triggers wrote into one row per connection, status and completeness, hidden rows apart, and puts
 * right what does not agree with the orders themselves. Each statement sees one moment and adds differences only: no sync waits for it.
 */
export async function foldOrderCounts(): Promise<void> {
  const corrected = await database().$executeRaw`
    WITH really AS (
      SELECT organisation_id, connection_id, vendor, status, completeness, twin_of IS NOT NULL AS hidden, count(*)::int AS n
      FROM orders GROUP BY 1, 2, 3, 4, 5, 6
    ), counted AS (
      SELECT organisation_id, connection_id, vendor, status, completeness, hidden, sum(n)::int AS n
      FROM order_counts GROUP BY 1, 2, 3, 4, 5, 6
    )
    INSERT INTO order_counts (organisation_id, connection_id, vendor, status, completeness, hidden, n)
    SELECT organisation_id, connection_id, vendor, status, completeness, hidden, coalesce(really.n, 0) - coalesce(counted.n, 0)
    FROM really FULL JOIN counted USING (organisation_id, connection_id, vendor, status, completeness, hidden)
    WHERE coalesce(really.n, 0) <> coalesce(counted.n, 0)`;
  if (corrected > 0) log.warn({ corrected }, "order counts corrected");
  await database().$executeRaw`
    WITH gone AS (DELETE FROM order_counts RETURNING *)
    INSERT INTO order_counts (organisation_id, connection_id, vendor, status, completeness, hidden, n)
    SELECT organisation_id, connection_id, vendor, status, completeness, hidden, sum(n)::int
    FROM gone GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0`;
}
