import { Prisma } from "#generated/prisma/client.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { clinicOfKey } from "#lib/orders/clinic-page-query.ts";
import type { AskedList } from "#lib/orders/find-page.ts";
import { amongFound } from "#lib/orders/found-orders.ts";
import { filtersOf } from "#lib/orders/order-page-query.ts";
import type { OrderGroup } from "#lib/orders/order-schema.ts";
import { MOST_COUNTED } from "#lib/orders/order-values.ts";

/** How many orders of the whole list stand under each due day or clinic that a page of it shows. */
export async function countGroups(
  tx: TenantTransaction,
  list: AskedList,
  page: readonly { key: string | null }[],
): Promise<OrderGroup[]> {
  const byClinic = list.query.sort === "clinic";
  const shown = [...new Set(page.map(({ key }) => (byClinic ? clinicOfKey(key) : key)))];
  if (shown.length === 0) return [];
  const where = Prisma.join(filtersOf(list.organisationId, list.query, list.inView), " AND ");
  const count = (isOfGroup: Prisma.Sql) => Prisma.sql`(
    SELECT count(*)::int FROM (SELECT 1 FROM orders WHERE ${where} AND ${isOfGroup} LIMIT ${MOST_COUNTED}) AS counted)`;
  const column = byClinic ? Prisma.sql`clinic_id` : Prisma.sql`due_on`;
  const keys = shown.filter((key) => key !== null);
  const groups = Prisma.sql`
    SELECT key, ${count(Prisma.sql`${column} = key::${byClinic ? Prisma.sql`uuid` : Prisma.sql`date`}`)} AS count
    FROM unnest(${keys}::text[]) AS key`;
  const rest = Prisma.sql` UNION ALL SELECT NULL, ${count(Prisma.sql`${column} IS NULL`)}`;
  const all = Prisma.sql`${groups}${shown.includes(null) ? rest : Prisma.empty}`;
  return tx.$queryRaw<OrderGroup[]>(amongFound(list.tokens, all));
}
