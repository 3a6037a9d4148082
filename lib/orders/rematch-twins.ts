import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { matchTwins } from "#lib/orders/match-twins.ts";

const ROWS_AT_ONCE = 100;

/** Looks again at every order that shares a case id with one of another account, or was recognised before: nightly, repeatable. */
export async function rematchTwins(): Promise<void> {
  const rows = await database().$queryRaw<{ organisation_id: string; ids: string[] }[]>`
    SELECT o.organisation_id, array_agg(o.id::text ORDER BY o.id) AS ids FROM orders AS o
    WHERE o.twin_of IS NOT NULL OR EXISTS (
      SELECT 1 FROM orders AS other
      WHERE other.organisation_id = o.organisation_id AND other.connection_id <> o.connection_id
        AND (other.case_key = o.portal_case_key OR other.portal_case_key = o.case_key OR other.portal_case_key = o.portal_case_key))
    GROUP BY 1`;
  for (const { organisation_id: organisationId, ids } of rows)
    for (let at = 0; at < ids.length; at += ROWS_AT_ONCE)
      await withOrganisation(organisationId, (tx) => matchTwins(tx, organisationId, ids.slice(at, at + ROWS_AT_ONCE)));
}
