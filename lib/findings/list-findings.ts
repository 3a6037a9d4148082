import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { repliesTo } from "./finding-replies.ts";
import type { FindingItem } from "./finding-schema.ts";
import { openFinding } from "./seal-finding.ts";
import { toFindingItem } from "./to-finding-item.ts";

/** An order's page shows this much. */
const MOST_FINDINGS = 500;

/**
 * The findings of an order, oldest first: ours, and what the other side of the order shares (row-level security decides).
 * @throws {AppError} not_found, also for another organisation's order
 */
export async function listFindings(principal: Principal, orderId: string): Promise<{ items: FindingItem[] }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const order = await tx.order.findFirst({
      where: { id: orderId, organisationId },
      select: { vendor: true, number: true, side: true },
    });
    if (!order) throw new AppError("not_found");
    const rows = await tx.finding.findMany({
      where: {
        OR: [
          { organisationId, orderId },
          { shared: true, vendor: order.vendor, orderNumber: order.number, side: { not: order.side } },
        ],
      },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: MOST_FINDINGS,
    });
    const opened = rows.map((row) => ({ row, content: openFinding(row.organisationId, row.id, row.contentSealed) }));
    const replies = await repliesTo(
      tx,
      rows.map(({ id }) => id),
    );
    const people = opened.flatMap(({ row, content }) => [row.createdBy, ...content.thread.map(({ by }) => by)]);
    const names = await namesOfMembers(tx, [...people, ...replies.map(({ createdBy }) => createdBy)]);
    const items = opened.map(({ row, content }) => {
      const own = replies.filter(({ findingId }) => findingId === row.id);
      return toFindingItem(row, organisationId, names, content, own);
    });
    return { items };
  });
}
