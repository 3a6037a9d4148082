import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { recordDownload } from "#lib/orders/record-download.ts";
import { openFileName } from "#lib/orders/seal-order.ts";
import { keepAttachment } from "./keep-attachment.ts";
import { safeFileName } from "./safe-file-name.ts";

const ORDER_AND_SCAN = {
  order: { select: { number: true, vendor: true, connectionId: true } },
  scan: { select: { sha256: true } },
} as const;

/**
 * Any file of an order as the vendor has it. Scans come from what was verified here; other files are fetched when first wanted.
 * @throws {AppError} forbidden; not_found, also for another organisation's; scan_not_ready; file_not_available
 */
export async function openAttachment(
  principal: Principal,
  orderId: string,
  fileId: string,
): Promise<{ sha256: string; name: string }> {
  requirePermission(principal, "download");
  const { organisationId } = principal;
  const file = await withOrganisation(organisationId, (tx) =>
    tx.orderFile.findFirst({ where: { id: fileId, orderId, organisationId }, include: ORDER_AND_SCAN }),
  );
  if (!file) throw new AppError("not_found");
  // A scanner's own notes about bite groups: useless to people (MeditLink guide, FAQ), and what they say is in the order.
  if (file.kind === "group_info") throw new AppError("file_not_available");
  if (file.kind === "scan" && !file.scan?.sha256) throw new AppError("scan_not_ready");
  const sha256 = file.scan?.sha256 ?? (await keepAttachment(file));
  await withOrganisation(organisationId, (tx) => recordDownload(tx, principal, orderId, { what: file.kind, fileId }));
  return { sha256, name: safeFileName(openFileName(organisationId, file.id, file.nameSealed)) };
}
