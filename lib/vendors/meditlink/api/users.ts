import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { LATEST, meditlinkEndpoint } from "#lib/vendors/meditlink/config.ts";
import { userSchema } from "#lib/vendors/meditlink/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

export const getMeEndpoint = meditlinkEndpoint({
  name: "getMe",
  method: "GET",
  path: "/v1/me",
  section: "3.1.1",
  fixedQuery: LATEST,
  response: userSchema,
  scope: "USER",
  repeat: "read",
  permission: "read",
});

/** §3.1.1: the signed-in user, with the group, which is missing for a user in no organisation. */
export async function getMe(session: VendorSession) {
  return (await vendorFetch(session, getMeEndpoint)).value;
}

export const getUserEndpoint = meditlinkEndpoint({
  name: "getUser",
  feature: "people",
  method: "GET",
  path: "/v1/users/{userEmail}",
  section: "3.1.2",
  fixedQuery: LATEST,
  params: z.strictObject({ userEmail: z.email() }),
  response: userSchema,
  scope: "USER",
  repeat: "read",
  permission: "read",
});

/** §3.1.2: another user; the path must be a well-formed e-mail address. */
export async function getUser(session: VendorSession, userEmail: string) {
  return (await vendorFetch(session, getUserEndpoint, { params: { userEmail } })).value;
}
