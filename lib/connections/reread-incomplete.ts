import { database } from "#lib/database/database.ts";
import { log } from "#lib/log/log.ts";

/**
 * Where the vendor counts more orders than are here, the next run reads all of them again: orders are asked for once more, never
 * given up.
 */
export async function rereadIncomplete(): Promise<void> {
  const reset = await database().$queryRaw<{ id: string; missing: number }[]>`
    UPDATE connections AS c SET cursor = NULL
    FROM (
      SELECT id, coalesce((SELECT sum(n) FROM order_counts WHERE connection_id = connections.id), 0)::int AS here
      FROM connections
    ) AS o
    WHERE o.id = c.id AND c.state = 'connected' AND c.orders_upstream > o.here
    RETURNING c.id, c.orders_upstream - o.here AS missing`;
  for (const { id, missing } of reset) log.warn({ connectionId: id, missing }, "reconcile: reading everything again");
}
