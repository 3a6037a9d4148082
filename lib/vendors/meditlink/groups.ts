import type { Side } from "#lib/orders/order-schema.ts";
import { getGroup } from "#lib/vendors/meditlink/api/groups.ts";
import { getUser } from "#lib/vendors/meditlink/api/users.ts";
import { mapContact } from "#lib/vendors/meditlink/map.ts";
import type { VendorGroupProfile, VendorPerson } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** Appendix A, Group File Type; the business licence is nobody's business here. */
const PICTURES: Readonly<Record<string, "logo" | "cover" | "photo">> = {
  LOGO_IMAGE: "logo",
  COVER_IMAGE: "cover",
  INTRO_PHOTO: "photo",
};

/** §3.2.1 */
export async function readGroup(session: VendorSession, key: string): Promise<VendorGroupProfile> {
  const group = await getGroup(session, key);
  return {
    key: group.uuid,
    name: group.name ?? "",
    kind: sideOf(group.type),
    description: group.description,
    contact: mapContact(group),
    pictures: group.files.flatMap(({ fileType, url }) => {
      const kind = PICTURES[fileType?.toUpperCase() ?? ""];
      return kind && url ? [{ kind, url }] : [];
    }),
  };
}

/** §3.1.2 */
export async function readPerson(session: VendorSession, email: string): Promise<VendorPerson> {
  const user = await getUser(session, email);
  const { group } = user;
  return {
    email: user.email ?? email,
    name: user.name,
    groupName: group?.name ?? null,
    groupKind: sideOf(group?.type ?? null),
  };
}

/** Appendix A, Group Type */
function sideOf(type: string | null): Side | null {
  const code = type?.toUpperCase();
  return code === "LAB" ? "lab" : code === "CLINIC" ? "clinic" : null;
}
