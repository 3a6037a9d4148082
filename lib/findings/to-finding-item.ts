import type { Finding } from "#generated/prisma/client.ts";
import type { MemberNames } from "#lib/access/names-of-members.ts";
import type { FindingItem } from "./finding-schema.ts";
import { type FindingContent, openFinding } from "./seal-finding.ts";

/** @param organisationId who reads it @param names by user id */
export function toFindingItem(
  row: Finding,
  organisationId: string,
  names: MemberNames,
  content: FindingContent = openFinding(row.organisationId, row.id, row.contentSealed),
): FindingItem {
  return {
    id: row.id,
    kind: row.kind as FindingItem["kind"],
    name: content.name,
    value: content.value,
    geometry: content.geometry,
    view: content.view,
    shared: row.shared,
    own: row.organisationId === organisationId,
    side: row.side as FindingItem["side"],
    author: names.get(row.createdBy) ?? null,
    createdAt: row.createdAt.toISOString(),
    thread: content.thread.map(({ id, by, at, text }) => ({ id, at, text, author: names.get(by) ?? null })),
  };
}
