import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { joinPreviews } from "#lib/mesh/join-previews.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";

/** The low previews of a case, to be joined when they are asked for: they are a few tens of kilobytes each. */
export type CasePreview = {
  /** Equal digests, equal bytes. */
  digest: string;
  /** One GLB, a node per scan. @throws {StorageError} */
  join(): Promise<Uint8Array>;
};

/**
 * What the first picture of a case needs, in one piece.
 * @param scanIds which scans; all that are ready when absent
 * @throws {AppError} not_found, also for another organisation's; scan_not_ready when one of the named ones, or none at all, is ready
 */
export async function openCasePreview(
  principal: Principal,
  orderId: string,
  scanIds?: readonly string[],
): Promise<CasePreview> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const scans = await withOrganisation(organisationId, async (tx) => {
    if ((await tx.order.count({ where: { id: orderId, organisationId } })) === 0) throw new AppError("not_found");
    return tx.scan.findMany({
      where: {
        organisationId,
        orderId,
        file: { removedAt: null },
        ...(scanIds ? { id: { in: [...scanIds] } } : { state: "ready" }),
      },
      select: { id: true, state: true, lowSha256: true },
      orderBy: { file: { position: "asc" } },
    });
  });
  if (scanIds && scans.length !== new Set(scanIds).size) throw new AppError("not_found");
  const ready = scans.flatMap(({ id, state, lowSha256 }) =>
    state === "ready" && lowSha256 ? [{ name: id, sha256: lowSha256 }] : [],
  );
  if (ready.length === 0 || ready.length < scans.length) throw new AppError("scan_not_ready");
  const load = async ({ name, sha256 }: (typeof ready)[number]) => ({
    name,
    glb: await buffer(await objectStore().open(sha256)),
  });
  return {
    digest: createHash("sha256").update(JSON.stringify(ready)).digest("base64url"),
    join: async () => joinPreviews(await Promise.all(ready.map(load))),
  };
}
