import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import type { PicturedScan } from "./conversion-job.ts";

/** A ready scan that belongs on the picture of its case. */
export type PictureSource = { lowSha256: string; jaw: string | null };

/**
 * The scans that stand for a case: the first upper and the first lower jaw, or what there is instead.
 * @returns empty when no scan is ready
 */
export async function chooseForPicture(
  tx: TenantTransaction,
  organisationId: string,
  orderId: string,
): Promise<PictureSource[]> {
  const scans = await tx.scan.findMany({
    where: { orderId, organisationId, state: "ready", lowSha256: { not: null }, file: { removedAt: null } },
    select: { lowSha256: true, file: { select: { jaw: true } } },
    orderBy: { file: { position: "asc" } },
  });
  const sources = scans.map(({ lowSha256, file }) => ({ lowSha256: lowSha256 as string, jaw: file.jaw }));
  const first = (jaw: string | null) => sources.find((source) => source.jaw === jaw);
  const arches = [first("upper"), first("lower")].filter((source) => source !== undefined);
  const instead = first("other") ?? first(null) ?? sources[0];
  return arches.length > 0 ? arches : instead ? [instead] : [];
}

/** Tells one choice of scans from another. */
export function digestOfSources(sources: readonly PictureSource[]): string {
  return createHash("sha256").update(JSON.stringify(sources)).digest("base64url");
}

/** What the pool draws. @throws {StorageError} */
export async function loadPictured(sources: readonly PictureSource[]): Promise<PicturedScan[]> {
  return Promise.all(
    sources.map(async ({ lowSha256, jaw }) => ({
      glb: await buffer(await objectStore().open(lowSha256)),
      stone: jaw === "upper" || jaw === "lower" ? jaw : "other",
    })),
  );
}
