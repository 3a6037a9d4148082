import type { Finding, FindingReply } from "#generated/prisma/client.ts";
import type { MemberNames } from "#lib/access/names-of-members.ts";
import { openReply } from "./finding-replies.ts";
import type { FindingItem } from "./finding-schema.ts";
import { type FindingContent, openFinding } from "./seal-finding.ts";

/** @param organisationId who reads it @param names by user id @param replies of the other side to it */
export function toFindingItem(
  row: Finding,
  organisationId: string,
  names: MemberNames,
  content: FindingContent = openFinding(row.organisationId, row.id, row.contentSealed),
  replies: readonly FindingReply[] = [],
): FindingItem {
  const side = row.side as FindingItem["side"];
  const own = content.thread.map(({ id, by, at, text }) => ({ id, side, at, text, author: names.get(by) ?? null }));
  const others = replies.map((reply) => ({
    id: reply.id,
    side: side === "lab" ? ("clinic" as const) : ("lab" as const),
    at: reply.createdAt.toISOString(),
    text: openReply(reply),
    author: names.get(reply.createdBy) ?? null,
  }));
  return {
    id: row.id,
    kind: row.kind as FindingItem["kind"],
    name: content.name,
    value: content.value,
    geometry: content.geometry,
    view: content.view,
    shared: row.shared,
    own: row.organisationId === organisationId,
    side,
    author: names.get(row.createdBy) ?? null,
    createdAt: row.createdAt.toISOString(),
    thread: [...own, ...others].toSorted((a, b) => a.at.localeCompare(b.at)),
  };
}
