import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { askGroup, type GroupPlace } from "#lib/groups/ask-group.ts";
import { readGroupRow } from "#lib/groups/get-clinic.ts";
import type { PictureKind } from "#lib/groups/group-schema.ts";
import { ownGroupPlace } from "#lib/groups/own-group.ts";
import { downloadSigned } from "#lib/vendors/download-signed.ts";
import { findVendor } from "#lib/vendors/registry.ts";

/** The largest picture passed on, bytes. */
const MOST_BYTES = 8_000_000;

export type Picture = { bytes: Uint8Array<ArrayBuffer>; type: string };

/** A clinic's or lab's picture. @throws {AppError} forbidden; not_found {VendorError} */
export async function openClinicPicture(principal: Principal, id: string, kind: PictureKind): Promise<Picture> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const { row, place } = await withOrganisation(organisationId, (tx) => readGroupRow(tx, organisationId, id));
  return openPicture(row.vendor, place, kind);
}

/** The picture of one's own group. @throws {AppError} forbidden; not_found {VendorError} */
export async function openOwnPicture(principal: Principal, connectionId: string, kind: PictureKind): Promise<Picture> {
  const { place, vendor } = await ownGroupPlace(principal, connectionId);
  return openPicture(vendor, place, kind);
}

/** The address lives for minutes and is asked for each time; what comes is a picture or nothing. */
async function openPicture(vendor: string, place: GroupPlace | null, kind: PictureKind): Promise<Picture> {
  if (!place) throw new AppError("not_found");
  const group = await askGroup(place);
  const url = group.pictures.find((one) => one.kind === kind)?.url;
  if (!url) throw new AppError("not_found");
  const allowedHosts = findVendor(vendor)?.files?.signedHosts ?? [];
  const { body } = await downloadSigned({ vendor, url, allowedHosts, maxBytes: MOST_BYTES });
  const bytes = new Uint8Array(Buffer.concat(await body.toArray()));
  const type = typeOf(bytes);
  if (!type) throw new AppError("not_found");
  return { bytes, type };
}

/** Told by the first bytes: what a vendor calls a picture may be anything, and pages of this origin show it. */
function typeOf(bytes: Uint8Array): string | null {
  const begins = (...magic: number[]) => magic.every((byte, at) => bytes[at] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47)) return "image/png";
  if (begins(0xff, 0xd8, 0xff)) return "image/jpeg";
  if (begins(0x47, 0x49, 0x46, 0x38)) return "image/gif";
  return begins(0x52, 0x49, 0x46, 0x46) && String.fromCharCode(...bytes.slice(8, 12)) === "WEBP" ? "image/webp" : null;
}
