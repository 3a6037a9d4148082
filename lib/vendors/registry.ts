import { cadmus } from "#lib/vendors/cadmus/connector.ts";
import { medisync } from "#lib/vendors/medisync/connector.ts";
import { meditlink } from "#lib/vendors/meditlink/connector.ts";
import { openDental } from "#lib/vendors/open-dental/connector.ts";
import type { Vendor } from "#lib/vendors/vendor.ts";

/** Every vendor Casebench speaks with. A fifth one is a folder, a line here, a sandbox file and a logo. */
const VENDORS: readonly Vendor[] = [meditlink, cadmus, openDental, medisync];

export function listVendors(): readonly Vendor[] {
  return VENDORS;
}

/** @returns undefined for an id nobody registered */
export function findVendor(id: string): Vendor | undefined {
  return VENDORS.find((vendor) => vendor.id === id);
}

/** The vendor of an authorization server id, e.g. "meditlink-cn". */
export function findAuthorizationServer(id: string) {
  for (const vendor of VENDORS) {
    if (vendor.auth.kind !== "oauth") continue;
    const server = vendor.auth.servers().find((s) => s.id === id);
    if (server) return { vendor, auth: vendor.auth, server };
  }
  return undefined;
}
