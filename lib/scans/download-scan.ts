import { extname } from "node:path";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import type { MeshFormat } from "#lib/mesh/mesh.ts";
import { recordDownload } from "#lib/orders/record-download.ts";
import { openFileName } from "#lib/orders/seal-order.ts";
import { type ExportedFile, exportScan } from "./export-scan.ts";
import { safeFileName } from "./safe-file-name.ts";
import { openEntryName } from "./settle-scan.ts";

export type DownloadFormat = "original" | MeshFormat;
/** Bytes in the store, or made for this download. */
export type ScanDownload = { name: string; type: string } & ({ sha256: string } | { exported: ExportedFile });

const TYPES: Record<MeshFormat, string> = { obj: "model/obj", stl: "model/stl", ply: "application/octet-stream" };

/**
 * A scan to work with: as the vendor packed it, byte for byte, or in another mesh format. Audited.
 * @throws {AppError} forbidden; not_found, also for another organisation's; scan_not_ready; unreadable_scan
 */
export async function downloadScan(
  principal: Principal,
  scanId: string,
  format: DownloadFormat,
): Promise<ScanDownload> {
  requirePermission(principal, "download");
  const { organisationId } = principal;
  const scan = await withOrganisation(organisationId, async (tx) => {
    const row = await tx.scan.findFirst({ where: { id: scanId, organisationId }, include: { file: true } });
    if (!row) throw new AppError("not_found");
    if (!row.sha256) throw new AppError("scan_not_ready");
    await recordDownload(tx, principal, row.orderId, { what: "scan", scanId, format });
    return row;
  });
  const original = { sha256: scan.sha256!, format: scan.format as MeshFormat | null };
  const name = nameOfScan(scan);
  if (format === "original" || format === scan.format)
    return { name, type: original.format ? TYPES[original.format] : "application/octet-stream", sha256: scan.sha256! };
  return {
    name: withEnding(name, format),
    type: TYPES[format],
    exported: await exportScan(original, format),
  };
}

/** As the vendor named it inside its archive, else as it is listed. */
export function nameOfScan(scan: {
  id: string;
  organisationId: string;
  nameSealed: Uint8Array | null;
  file: { id: string; nameSealed: Uint8Array };
}): string {
  const name = scan.nameSealed
    ? openEntryName(scan.organisationId, scan.id, scan.nameSealed)
    : openFileName(scan.organisationId, scan.file.id, scan.file.nameSealed);
  return safeFileName(name, "scan");
}

export function withEnding(name: string, format: MeshFormat): string {
  return `${name.slice(0, name.length - extname(name).length)}.${format}`;
}
