import type { Readable } from "node:stream";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { recordDownload } from "#lib/orders/record-download.ts";
import type { DownloadFormat } from "#lib/scans/download-scan.ts";
import { safeFileName } from "#lib/scans/safe-file-name.ts";
import { nameFiles, OUTGOING_COLUMNS, type OutgoingOrder } from "./outgoing-files.ts";
import { collectEntries, zipParts } from "./zip-orders.ts";

/**
 * All files of an order as one zip, made while it is sent: scans as the vendor packed them or in another mesh format, other files
 * as they are. What cannot be included is named, with the reason, in NOT INCLUDED.txt. Audited.
 * @throws {AppError} forbidden; not_found, also for another organisation's; file_not_available when not one file is here
 */
export async function downloadOrder(
  principal: Principal,
  orderId: string,
  format: DownloadFormat,
): Promise<{ name: string; stream: Readable }> {
  requirePermission(principal, "download");
  const { organisationId } = principal;
  const { order, template } = await readOutgoing(principal, orderId);
  const part = await collectEntries(order.files, nameFiles(order, format, template), format);
  if (part.entries.length === 0) throw new AppError("file_not_available");
  await withOrganisation(organisationId, (tx) => recordDownload(tx, principal, orderId, { what: "order", format }));
  return { name: `${safeFileName(order.number, "order")}.zip`, stream: zipParts([part]) };
}

/** An order's files and how its organisation names them. @throws {AppError} not_found */
export async function readOutgoing(
  { organisationId }: Principal,
  orderId: string,
): Promise<{ order: OutgoingOrder; template: string | null }> {
  return withOrganisation(organisationId, async (tx) => {
    const order: OutgoingOrder | null = await tx.order.findFirst({
      where: { id: orderId, organisationId },
      select: OUTGOING_COLUMNS,
    });
    if (!order) throw new AppError("not_found");
    const organisation = await tx.organisation.findUniqueOrThrow({ where: { id: organisationId } });
    return { order, template: organisation.fileNameTemplate };
  });
}
