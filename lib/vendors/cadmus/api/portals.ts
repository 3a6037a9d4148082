import { cadmusEndpoint } from "#lib/vendors/cadmus/config.ts";
import { configuredPortalListSchema, portalListSchema } from "#lib/vendors/cadmus/schemas.ts";
import { vendorFetch } from "#lib/vendors/http.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

export const listPortalsEndpoint = cadmusEndpoint({
  name: "listPortals",
  method: "GET",
  path: "/portals/ios",
  section: "Portals",
  response: portalListSchema,
  standIns: { 204: [] },
  repeat: "read",
  permission: "read",
});

/** "Portals": the kinds of scanner portals that are active. */
export async function listPortals(session: VendorSession) {
  return (await vendorFetch(session, listPortalsEndpoint)).value;
}

export const listConfiguredPortalsEndpoint = cadmusEndpoint({
  name: "listConfiguredPortals",
  method: "GET",
  path: "/portals/configured",
  section: "Portals",
  response: configuredPortalListSchema,
  standIns: { 204: [] },
  repeat: "read",
  permission: "read",
});

/** "Portals": the organisation's own accounts at scanner portals. */
export async function listConfiguredPortals(session: VendorSession) {
  return (await vendorFetch(session, listConfiguredPortalsEndpoint)).value;
}
