import { newId } from "#lib/database/new-id.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { sealTagName, tagToken, tidyTag } from "./seal-tag.ts";

/** Gives an order exactly these tags, making those that are new; a tag that no order bears any more is gone. */
export async function setTags(
  tx: TenantTransaction,
  organisationId: string,
  orderId: string,
  names: readonly string[],
): Promise<void> {
  const ids = await tagIds(tx, organisationId, names);
  const before = await tx.orderTag.findMany({ where: { organisationId, orderId }, select: { tagId: true } });
  await tx.orderTag.deleteMany({ where: { organisationId, orderId, tagId: { notIn: ids } } });
  await tx.orderTag.createMany({
    data: ids.map((tagId) => ({ organisationId, orderId, tagId })),
    skipDuplicates: true,
  });
  const left = before.map(({ tagId }) => tagId).filter((id) => !ids.includes(id));
  if (left.length === 0) return;
  // Locked first: a deletion that waits for somebody who is giving the tag away would not see to whom.
  await tx.$queryRaw`
    SELECT id FROM tags WHERE organisation_id = ${organisationId}::uuid AND id = ANY (${left}::uuid[]) ORDER BY id FOR UPDATE`;
  await tx.tag.deleteMany({ where: { organisationId, id: { in: left }, orders: { none: {} } } });
}

/** Gives an order these tags beside those it has. */
export async function addTags(
  tx: TenantTransaction,
  organisationId: string,
  orderId: string,
  names: readonly string[],
): Promise<void> {
  const ids = await tagIds(tx, organisationId, names);
  await tx.orderTag.createMany({
    data: ids.map((tagId) => ({ organisationId, orderId, tagId })),
    skipDuplicates: true,
  });
}

/** The tags of these names, old and new. Locked until the transaction ends, so that nobody clears one away meanwhile. */
async function tagIds(tx: TenantTransaction, organisationId: string, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of new Set(names.map(tidyTag))) {
    const id = newId();
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO tags (id, organisation_id, name_sealed, token)
      VALUES (${id}::uuid, ${organisationId}::uuid, ${sealTagName(organisationId, id, name)}, ${tagToken(organisationId, name)})
      ON CONFLICT (organisation_id, token) DO UPDATE SET token = excluded.token RETURNING id`;
    ids.push(row!.id);
  }
  return [...new Set(ids)];
}
