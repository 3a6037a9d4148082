import type { TenantTransaction } from "#lib/database/with-organisation.ts";

export type MemberNames = ReadonlyMap<string, string>;

/** Names by user id, of those who are still members; somebody who left is not in the map. */
export async function namesOfMembers(
  tx: TenantTransaction,
  userIds: readonly (string | null | undefined)[],
): Promise<MemberNames> {
  const ids = [...new Set(userIds.filter((id): id is string => Boolean(id)))];
  if (ids.length === 0) return new Map();
  const users = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(users.map((user) => [user.id, user.name]));
}
