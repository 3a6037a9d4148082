import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import type { TagView } from "#lib/orders/order-schema.ts";
import { openTagName } from "./seal-tag.ts";

/** The organisation's tags, by name: what an order can be given and the inbox filtered by. @throws {AppError} forbidden */
export async function listTags(principal: Principal): Promise<{ items: TagView[] }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const rows = await withOrganisation(organisationId, (tx) =>
    tx.tag.findMany({ where: { organisationId }, select: { id: true, nameSealed: true }, take: 1_000 }),
  );
  const items = rows.map(({ id, nameSealed }) => ({ id, name: openTagName(organisationId, id, nameSealed) }));
  return { items: items.sort((a, b) => a.name.localeCompare(b.name, principal.locale)) };
}
