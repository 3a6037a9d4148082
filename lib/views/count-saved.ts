import type { Principal } from "#lib/access/principal.ts";
import type { Clock } from "#lib/clock.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { countOrders, onlyFilterOf } from "#lib/orders/count-orders.ts";
import { MOST_HITS } from "#lib/orders/found-orders.ts";
import { forReader } from "#lib/orders/list-orders.ts";
import { MOST_COUNTED } from "#lib/orders/order-values.ts";
import { tokensForQuery } from "#lib/orders/search-tokens.ts";
import type { SaveViewBody } from "./saved-view-schema.ts";
import { viewCondition, viewFrame } from "./view-condition.ts";

/** How many orders a saved view has now for this reader, counted as far as `most`. */
export async function countSaved(
  tx: TenantTransaction,
  principal: Principal,
  filters: SaveViewBody["filters"],
  clock: Clock,
): Promise<{ count: number; more: boolean }> {
  const { organisationId } = principal;
  const query = forReader(filters, principal);
  const tokens = query.q ? tokensForQuery(organisationId, query.q) : [];
  const inView = query.view && viewCondition(query.view, await viewFrame(tx, principal, clock.now()));
  const most = onlyFilterOf(filters) === "q" ? MOST_HITS : MOST_COUNTED;
  const count = await countOrders(tx, organisationId, query, tokens, inView, most);
  return { count, more: count >= most };
}
