import { toAppError } from "#lib/api/problem.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { AppError } from "#lib/errors.ts";
import type { GroupProfile, PictureKind } from "#lib/groups/group-schema.ts";
import { VendorError } from "#lib/vendors/error.ts";
import type { PartyContact, VendorGroupProfile } from "#lib/vendors/vendor.ts";

/** Whose group, asked through which account. */
export type GroupPlace = { organisationId: string; connectionId: string; key: string };

/** A group as its vendor shows it now. @throws {AppError} not_found where the vendor has no such call {VendorError} */
export async function askGroup({ organisationId, connectionId, key }: GroupPlace): Promise<VendorGroupProfile> {
  return withSession(connectionId, organisationId, (session, vendor) => {
    if (!vendor.group) throw new AppError("not_found");
    return vendor.group(session, key);
  });
}

/** What is known of a group from orders, completed with what the vendor says now, when it says something. */
export async function profileOf(
  place: GroupPlace | null,
  known: { name: string; kind: GroupProfile["kind"]; contact: PartyContact | null },
  picturePath: (kind: PictureKind) => string,
): Promise<GroupProfile> {
  const nothing = { ...known, description: null, pictures: { logo: null, cover: null, photo: null } };
  if (!place) return { ...nothing, problem: null };
  try {
    const group = await askGroup(place);
    const has = (kind: PictureKind) => (group.pictures.some((one) => one.kind === kind) ? picturePath(kind) : null);
    return {
      name: group.name || known.name,
      kind: group.kind ?? known.kind,
      description: group.description,
      contact: group.contact ?? known.contact,
      pictures: { logo: has("logo"), cover: has("cover"), photo: has("photo") },
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof VendorError || error instanceof AppError)) throw error;
    const { code } = toAppError(error);
    return { ...nothing, problem: code === "not_found" ? null : code };
  }
}
