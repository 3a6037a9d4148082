import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import { lockOrderRows } from "#lib/orders/lock-order-rows.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";
import { recountScans } from "#lib/orders/recount-scans.ts";
import { fetchScansNow } from "./fetch-scans-now.ts";
import { axesOf, SCAN_WITH_ORDER, toScanView } from "./get-scan.ts";
import type { ScanView } from "./scan-schema.ts";

/**
 * Fetches a scan again that failed, or at once one that waits. One that is here or on its way stays as it is.
 * @throws {AppError} not_found, also for another organisation's
 */
export async function retryScan(principal: Principal, scanId: string): Promise<ScanView> {
  requirePermission(principal, "read");
  const { organisationId, userId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const scan = await tx.scan.findFirst({ where: { id: scanId, organisationId }, include: SCAN_WITH_ORDER });
    if (!scan) throw new AppError("not_found");
    const axes = await axesOf(tx, scan.order);
    if (scan.state !== "failed" && scan.state !== "waiting") return toScanView(scan, axes);
    await lockOrderRows(tx, organisationId, [scan.orderId]);
    const { count } = await tx.scan.updateMany({
      where: { id: scanId, organisationId, state: scan.state, attempts: scan.attempts },
      data: { state: "waiting", problem: null, attempts: 0 },
    });
    if (count === 0) return toScanView(scan, axes);
    await tx.orderFile.update({
      where: { id: scan.fileId, organisationId },
      data: { state: "listed", problem: null },
    });
    await recountScans(tx, organisationId, [scan.orderId]);
    await appendAudit(tx, {
      organisationId,
      actorId: userId,
      action: "scan.retried",
      subjectType: "scan",
      subjectId: scanId,
      facts: { orderId: scan.orderId, problem: scan.problem },
    });
    await recordOrderEvent(tx, {
      organisationId,
      orderId: scan.orderId,
      kind: "scan_retried",
      actorId: userId,
      facts: { scanId },
    });
    await fetchScansNow(tx, organisationId, [scanId]);
    await announce(tx, { organisationId, topic: "scan", id: scanId });
    return toScanView({ ...scan, state: "waiting", problem: null, attempts: 0 }, axes);
  });
}
