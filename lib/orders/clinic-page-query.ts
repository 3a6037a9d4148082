import { Prisma } from "#generated/prisma/client.ts";
import type { OrderCursor } from "#lib/orders/order-cursor.ts";
import { filtersOf, ordersInOrder } from "#lib/orders/order-page-query.ts";
import type { ListOrdersQuery } from "#lib/orders/order-schema.ts";

/** The key of an order in this list: when it came, and whose it is ("-" for an order that names no clinic). */
const KEY = /^(\S+) (\S+)$/;

/** The clinic in the sort key of an order of such a list. */
export function clinicOfKey(key: string | null): string | null {
  const [, , clinicId] = KEY.exec(key ?? "") ?? [];
  return clinicId && clinicId !== "-" ? clinicId : null;
}

/**
 * Like `pageQuery`, sorted by the clinic's name and then newest first; orders that name no clinic come last. Clinics are walked by
 * name and each one's orders read through the index that leads with the clinic, so that a page costs the same however many follow.
 */
export function clinicPageQueries(
  organisationId: string,
  query: ListOrdersQuery,
  after: OrderCursor | null,
  inView?: Prisma.Sql,
  holds?: Prisma.Sql,
): Prisma.Sql[] {
  const [, receivedAt, clinicId] = KEY.exec(after?.key ?? "") ?? [];
  const beyond = after && Prisma.sql`(received_at, id) < (${receivedAt}::timestamptz, ${after.id}::uuid)`;
  const where = Prisma.join(filtersOf(organisationId, query, inView), " AND ");
  const nobodys = page(
    Prisma.sql`${where} AND clinic_id IS NULL`,
    clinicId === "-" ? beyond : null,
    query.limit,
    holds,
  );
  if (clinicId === "-") return [nobodys];
  const clinics = Prisma.sql`
    SELECT id AS clinic, name FROM vendor_groups
    WHERE organisation_id = ${organisationId}::uuid AND kind = 'clinic' ${
      clinicId
        ? Prisma.sql`AND (name, id) >= (SELECT name, id FROM vendor_groups WHERE id = ${clinicId}::uuid)`
        : Prisma.empty
    }
    ORDER BY name, id`;
  const own = Prisma.sql`${where} AND clinic_id = clinics.clinic`;
  const ofClinic = beyond ? Prisma.sql`${own} AND (clinics.clinic <> ${clinicId}::uuid OR ${beyond})` : own;
  return [
    Prisma.sql`
      SELECT found.id, found.key FROM (${clinics}) AS clinics CROSS JOIN LATERAL (${page(ofClinic, null, query.limit, holds)}) AS found
      ORDER BY clinics.name, clinics.clinic, found.received_at DESC, found.id DESC LIMIT ${query.limit + 1}`,
    nobodys,
  ];
}

function page(where: Prisma.Sql, beyond: Prisma.Sql | null, limit: number, holds?: Prisma.Sql): Prisma.Sql {
  const order = Prisma.sql`ORDER BY received_at DESC, id DESC`;
  return Prisma.sql`
    SELECT id, received_at,
      to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || ' ' || coalesce(clinic_id::text, '-') AS key
    FROM ${ordersInOrder(beyond ? Prisma.sql`${where} AND ${beyond}` : where, order, holds)} LIMIT ${limit + 1}`;
}
