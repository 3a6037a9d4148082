import { vendorFetch } from "#lib/vendors/http.ts";
import { LATEST, meditlinkEndpoint } from "#lib/vendors/meditlink/config.ts";
import { groupSchema } from "#lib/vendors/meditlink/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

export const getGroupEndpoint = meditlinkEndpoint({
  name: "getGroup",
  feature: "group",
  method: "GET",
  path: "/v1/groups/{groupUuid}",
  section: "3.2.1",
  fixedQuery: LATEST,
  response: groupSchema,
  scope: "GROUP",
  repeat: "read",
  permission: "read",
});

/** §3.2.1: a clinic or lab with contact, address and pictures. `groupUuid` is Base64 and may hold `=`, `+` and `/`. */
export async function getGroup(session: VendorSession, groupUuid: string) {
  return (await vendorFetch(session, getGroupEndpoint, { params: { groupUuid } })).value;
}
