import type { OrderFile, Scan } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { openFileName } from "#lib/orders/seal-order.ts";
import type { ScanView } from "./scan-schema.ts";

/** One scan: its state, and what is known of its mesh. @throws {AppError} not_found, also for another organisation's */
export async function getScan(principal: Principal, scanId: string): Promise<ScanView> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const scan = await withOrganisation(organisationId, (tx) =>
    tx.scan.findFirst({ where: { id: scanId, organisationId }, include: { file: true } }),
  );
  if (!scan) throw new AppError("not_found");
  return toScanView(scan);
}

/** The scans of an order that the vendor still lists, in its order. @throws {AppError} not_found */
export async function listScans(principal: Principal, orderId: string): Promise<{ items: ScanView[] }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    if ((await tx.order.count({ where: { id: orderId, organisationId } })) === 0) throw new AppError("not_found");
    const scans = await tx.scan.findMany({
      where: { orderId, organisationId, file: { removedAt: null } },
      include: { file: true },
      orderBy: { file: { position: "asc" } },
    });
    return { items: scans.map(toScanView) };
  });
}

export function toScanView(scan: Scan & { file: OrderFile }): ScanView {
  const { file } = scan;
  const preview = (bytes: number | null, triangles: number | null) =>
    bytes !== null && triangles !== null ? { bytes, triangles } : null;
  return {
    id: scan.id,
    orderId: scan.orderId,
    fileId: scan.fileId,
    name: openFileName(file.organisationId, file.id, file.nameSealed),
    jaw: file.jaw as ScanView["jaw"],
    biteGroup: file.biteGroup,
    state: scan.state as ScanView["state"],
    problem: scan.problem,
    format: scan.format as ScanView["format"],
    vertices: scan.vertices,
    triangles: scan.triangles,
    bounds: isPoint(scan.boundsMin) && isPoint(scan.boundsMax) ? { min: scan.boundsMin, max: scan.boundsMax } : null,
    maxErrorUm: scan.maxErrorUm,
    sha256: scan.sha256,
    bytes: scan.bytes === null ? null : Number(scan.bytes),
    hasColour: scan.hasColour,
    dropped: scan.dropped,
    previews: {
      low: preview(scan.lowBytes, scan.lowTriangles),
      full: preview(scan.fullBytes, scan.fullTriangles),
    },
  };
}

function isPoint(values: number[]): values is [number, number, number] {
  return values.length === 3;
}
