import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import type { ObjectAnswer } from "#lib/api/respond-object.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { versionOfThumbnail } from "./thumbnail-path.ts";

/**
 * The small picture of a case.
 * @param version of the asked address; kept for ever when it is the present one's
 * @throws {AppError} not_found, also for another organisation's; scan_not_ready while there is no picture
 */
export async function openThumbnail(principal: Principal, orderId: string, version?: string): Promise<ObjectAnswer> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const order = await withOrganisation(organisationId, (tx) =>
    tx.order.findFirst({ where: { id: orderId, organisationId }, select: { thumbnailSha256: true } }),
  );
  if (!order) throw new AppError("not_found");
  const sha256 = order.thumbnailSha256;
  if (!sha256) throw new AppError("scan_not_ready");
  const isVersioned = version === versionOfThumbnail(sha256);
  const cacheControl = isVersioned ? "private, max-age=31536000, immutable" : "private, no-cache";
  return { sha256, type: "image/png", cacheControl };
}
