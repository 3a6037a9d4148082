import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";

/** Where a preview lies in the object store, as it is and as it travels. */
export type PreviewObjects = { sha256: string; gzipSha256: string | null };

/**
 * The preview of a scan, at a level of detail.
 * @throws {AppError} not_found, also for another organisation's; scan_not_ready
 */
export async function openPreview(
  principal: Principal,
  scanId: string,
  detail: "low" | "full",
): Promise<PreviewObjects> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const scan = await withOrganisation(organisationId, (tx) =>
    tx.scan.findFirst({
      where: { id: scanId, organisationId },
      select: { state: true, lowSha256: true, lowGzipSha256: true, fullSha256: true, fullGzipSha256: true },
    }),
  );
  if (!scan) throw new AppError("not_found");
  const sha256 = detail === "low" ? scan.lowSha256 : scan.fullSha256;
  if (scan.state !== "ready" || !sha256) throw new AppError("scan_not_ready");
  return { sha256, gzipSha256: detail === "low" ? scan.lowGzipSha256 : scan.fullGzipSha256 };
}
