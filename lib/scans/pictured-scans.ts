import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { PORTAL_PLACE } from "#lib/orders/portals-of-order.ts";
import { openFileName } from "#lib/orders/seal-order.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import type { PicturedScan } from "./conversion-job.ts";
import { axesOf } from "./get-scan.ts";
import { isLine, isMain } from "./scan-role.ts";
import type { ScanView } from "./scan-schema.ts";

/** A ready scan that belongs on the picture of its case, and how the portal it came through says it lies. */
export type PictureSource = Pick<ScanView, "jaw" | "axes"> & { lowSha256: string };

/**
 * The scans that stand for a case, as the viewer opens it: the upper and the lower jaw to be worked on (not an earlier state of
 * one), or what there is instead.
 * @returns empty when no scan is ready
 */
export async function chooseForPicture(
  tx: TenantTransaction,
  organisationId: string,
  orderId: string,
): Promise<PictureSource[]> {
  const order = await tx.order.findFirst({ where: { id: orderId, organisationId }, select: PORTAL_PLACE });
  if (!order) return [];
  const axes = await axesOf(tx, order);
  const rows = await tx.scan.findMany({
    where: { orderId, organisationId, state: "ready", lowSha256: { not: null }, file: { removedAt: null } },
    select: { lowSha256: true, triangles: true, file: { select: { id: true, jaw: true, nameSealed: true } } },
    orderBy: { file: { position: "asc" } },
  });
  const surfaces = rows
    .map(({ lowSha256, triangles, file }) => ({
      lowSha256: lowSha256 as string,
      triangles,
      state: "ready" as const,
      jaw: file.jaw as ScanView["jaw"],
      name: openFileName(organisationId, file.id, file.nameSealed),
    }))
    .filter((scan) => !isLine(scan));
  const first = (jaw: ScanView["jaw"]) => {
    const ofJaw = surfaces.filter((scan) => scan.jaw === jaw);
    return ofJaw.find(isMain) ?? ofJaw[0];
  };
  const arches = [first("upper"), first("lower")].filter((scan) => scan !== undefined);
  const instead = first("other") ?? first(null) ?? surfaces[0];
  const chosen = arches.length > 0 ? arches : instead ? [instead] : [];
  return chosen.map(({ lowSha256, jaw }) => ({ lowSha256, jaw, axes }));
}

/** Tells one choice of scans from another. */
export function digestOfSources(sources: readonly PictureSource[]): string {
  return createHash("sha256").update(JSON.stringify(sources)).digest("base64url");
}

/** What the pool draws. @throws {StorageError} */
export async function loadPictured(sources: readonly PictureSource[]): Promise<PicturedScan[]> {
  return Promise.all(
    sources.map(async ({ lowSha256, jaw, axes }) => ({
      glb: await buffer(await objectStore().open(lowSha256)),
      axes,
      stone: jaw === "upper" || jaw === "lower" ? jaw : "other",
    })),
  );
}
