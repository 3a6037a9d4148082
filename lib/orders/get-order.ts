import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { type DetailRow, readOrder } from "#lib/orders/read-order.ts";
import { fetchScansNow } from "#lib/scans/fetch-scans-now.ts";

/** Data older than this is read again at the vendor, in the background, when somebody looks at it (ms). */
const FRESH_FOR = 60_000;
/** Looking again within this time is the same look: one line in the audit trail (ms). */
const ONE_LOOK = 10 * 60_000;
/** Somebody is waiting: before all that is read ahead of time. */
const NOW = 10_000;

/**
 * One order with its prescription and files. Opening it is audited, wakes the fetching of its scans, and has it read again at
 * the vendor in the background when what is here is old or only a list entry. An order that came by two ways is answered as the
 * one that is shown, by either id.
 * @throws {AppError} not_found, also for another organisation's order
 */
export async function getOrder(
  principal: Principal,
  orderId: string,
  clock: Clock = systemClock,
): Promise<OrderDetailView> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const { row, order } = await readOrder(tx, principal, orderId);
    await auditLook(tx, principal, row.id, clock);
    await wakeJobs(tx, row, clock);
    return order;
  });
}

async function auditLook(tx: TenantTransaction, principal: Principal, orderId: string, clock: Clock): Promise<void> {
  const look = {
    organisationId: principal.organisationId,
    actorId: principal.userId,
    action: "order.opened",
    subjectType: "order",
    subjectId: orderId,
  } as const;
  const since = new Date(clock.now().getTime() - ONE_LOOK);
  const seen = await tx.auditEntry.findFirst({ where: { ...look, at: { gt: since } }, select: { seq: true } });
  if (!seen) await appendAudit(tx, { ...look, facts: { via: principal.via } });
}

async function wakeJobs(tx: TenantTransaction, row: DetailRow, clock: Clock): Promise<void> {
  if (row.connection.state !== "connected") return;
  const { organisationId } = row;
  const old = clock.now().getTime() - row.syncedAt.getTime() > FRESH_FOR;
  if (old || !row.detailFetchedAt)
    await enqueue(
      tx,
      "refresh-order",
      { organisationId, orderId: row.id },
      {
        priority: NOW,
        // A key of its own: the same job may already wait far behind, and a waiting job cannot be moved up.
        singletonKey: `now:${row.id}`,
      },
    );
  const waiting = row.files.flatMap(({ scan }) => (scan?.state === "waiting" ? [scan.id] : []));
  await fetchScansNow(tx, organisationId, waiting, clock);
}
