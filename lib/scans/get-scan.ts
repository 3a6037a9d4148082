import type { OrderFile, Scan } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { type OrderOfPortal, PORTAL_PLACE, portalsOfOrder } from "#lib/orders/portals-of-order.ts";
import { openFileName } from "#lib/orders/seal-order.ts";
import { fetchScansNow } from "./fetch-scans-now.ts";
import { type ScanView, scanSchema } from "./scan-schema.ts";

const PLACE_AND_STATE = { ...PORTAL_PLACE, connection: { select: { state: true } } } as const;
export const SCAN_WITH_ORDER = { file: true, order: { select: PORTAL_PLACE } } as const;

/** One scan: its state, and what is known of its mesh. @throws {AppError} not_found, also for another organisation's */
export async function getScan(principal: Principal, scanId: string): Promise<ScanView> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const scan = await tx.scan.findFirst({ where: { id: scanId, organisationId }, include: SCAN_WITH_ORDER });
    if (!scan) throw new AppError("not_found");
    return toScanView(scan, await axesOf(tx, scan.order));
  });
}

/**
 * The scans of an order that the vendor still lists, in its order. Who lists them waits for them: those not here yet are fetched
 * before all others.
 * @throws {AppError} not_found
 */
export async function listScans(
  principal: Principal,
  orderId: string,
  clock: Clock = systemClock,
): Promise<{ items: ScanView[] }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const order = await tx.order.findFirst({ where: { id: orderId, organisationId }, select: PLACE_AND_STATE });
    if (!order) throw new AppError("not_found");
    const axes = await axesOf(tx, order);
    const scans = await tx.scan.findMany({
      where: { orderId, organisationId, file: { removedAt: null } },
      include: { file: true },
      orderBy: { file: { position: "asc" } },
    });
    if (order.connection.state === "connected") await fetchScansNow(tx, organisationId, waitingOf(scans), clock);
    return { items: scans.map((scan) => toScanView(scan, axes)) };
  });
}

function waitingOf(scans: readonly Scan[]): string[] {
  return scans.flatMap(({ id, state }) => (state === "waiting" ? [id] : []));
}

/** How the portal that the scans came through says they lie; null where it does not, or says nothing new. */
export async function axesOf(tx: TenantTransaction, order: OrderOfPortal): Promise<ScanView["axes"]> {
  const portals = await portalsOfOrder(tx, order);
  const axes = portals.find((portal) => portal.axes.length > 0)?.axes ?? null;
  return scanSchema.shape.axes.catch(null).parse(axes);
}

export function toScanView(scan: Scan & { file: OrderFile }, axes: ScanView["axes"]): ScanView {
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
    axes,
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
