import { Prisma } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import type { Clock } from "#lib/clock.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { forReader } from "#lib/orders/list-orders.ts";
import { filtersOf } from "#lib/orders/order-page-query.ts";
import { tokensForQuery } from "#lib/orders/search-tokens.ts";
import type { SaveViewBody } from "./saved-view-schema.ts";
import { viewCondition, viewFrame } from "./view-condition.ts";

/** Counting stops here: "more than 999" is as good an answer as the exact number, and costs the same however many there are. */
export const MOST_COUNTED = 1_000;

/** How many orders a saved view has now for this reader, at most `MOST_COUNTED`. */
export async function countSaved(
  tx: TenantTransaction,
  principal: Principal,
  filters: SaveViewBody["filters"],
  clock: Clock,
): Promise<number> {
  const { organisationId } = principal;
  const query = forReader({ ...filters, limit: 1 }, principal);
  const tokens = query.q ? tokensForQuery(organisationId, query.q) : [];
  const inView = query.view && viewCondition(query.view, await viewFrame(tx, principal, clock.now()));
  const where = Prisma.join(filtersOf(organisationId, query, tokens, inView), " AND ");
  const [row] = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (SELECT 1 FROM orders WHERE ${where} LIMIT ${MOST_COUNTED}) AS found`;
  return row!.n;
}
