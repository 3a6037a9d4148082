import type { OrderFile } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import { vendorFileKey } from "#lib/orders/file-key.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";
import { openFileName } from "#lib/orders/seal-order.ts";
import { isNamed } from "./register-upload.ts";
import { openUploadName, requireAttachable } from "./request-upload.ts";

/**
 * Removes an attached file at the vendor, then here. Scans are the clinic's and stay.
 * @throws {AppError} forbidden; not_found, also for another organisation's; action_not_available; reconnect_needed {VendorError}
 */
export async function removeAttachment(principal: Principal, orderId: string, fileId: string): Promise<void> {
  requirePermission(principal, "decide");
  const { organisationId, userId } = principal;
  const file = await withOrganisation(organisationId, async (tx) => {
    await requireAttachable(tx, organisationId, orderId);
    return tx.orderFile.findFirst({
      where: { id: fileId, orderId, organisationId, removedAt: null },
      include: { order: { select: { connectionId: true } } },
    });
  });
  if (!file) throw new AppError("not_found");
  if (file.kind !== "attachment") throw new AppError("action_not_available");
  await withSession(file.order.connectionId, organisationId, async (session, vendor) => {
    if (!vendor.files?.remove) throw new AppError("action_not_available");
    await vendor.files.remove(session, vendorFileKey(file));
  });
  await withOrganisation(organisationId, async (tx) => {
    await tx.orderFile.update({ where: { id: fileId, organisationId }, data: { removedAt: new Date() } });
    await endUpload(tx, file);
    const facts = { fileId };
    await appendAudit(tx, {
      organisationId,
      actorId: userId,
      action: "attachment.removed",
      subjectType: "order",
      subjectId: orderId,
      facts,
    });
    await recordOrderEvent(tx, { organisationId, orderId, kind: "attachment_removed", actorId: userId, facts });
    await announce(tx, { organisationId, topic: "order", id: orderId });
  });
}

/** The vendor listed the file before its upload looked: nobody need look any more, and what is gone would never be found. */
async function endUpload(tx: TenantTransaction, file: OrderFile): Promise<void> {
  const { organisationId, orderId } = file;
  const key = vendorFileKey(file);
  const name = openFileName(organisationId, file.id, file.nameSealed);
  const looking = await tx.upload.findMany({ where: { organisationId, orderId, state: "processing" } });
  const ended = looking.filter((upload) => upload.fileKey === key || isNamed({ name }, openUploadName(upload)));
  const ids = ended.map(({ id }) => id);
  await tx.upload.updateMany({ where: { organisationId, id: { in: ids } }, data: { state: "listed" } });
}
