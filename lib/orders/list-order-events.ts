import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import type { OrderEventView } from "#lib/orders/order-schema.ts";
import { shownOrderId } from "#lib/orders/shown-order-id.ts";

/** An order's page shows this much of its history. */
const MOST_EVENTS = 500;

/**
 * What happened to an order, newest first.
 * @throws {AppError} not_found, also for another organisation's order
 */
export async function listOrderEvents(principal: Principal, orderId: string): Promise<{ items: OrderEventView[] }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const shownId = await shownOrderId(tx, organisationId, orderId);
    const order = await tx.order.findFirst({
      where: { id: shownId, organisationId },
      select: { twins: { select: { id: true } } },
    });
    if (!order) throw new AppError("not_found");
    const twinIds = order.twins.map((twin) => twin.id);
    const rows = await tx.orderEvent.findMany({
      // Of the hidden row only what people did: what its vendor changed is told by the one that is shown.
      where: { organisationId, OR: [{ orderId: shownId }, { orderId: { in: twinIds }, actorId: { not: null } }] },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: MOST_EVENTS,
    });
    const names = await namesOfMembers(
      tx,
      rows.map((row) => row.actorId),
    );
    const items = rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      kind: row.kind,
      actor: row.actorId ? { id: row.actorId, name: names.get(row.actorId) ?? "" } : null,
      facts: row.facts as OrderEventView["facts"],
    }));
    return { items };
  });
}
