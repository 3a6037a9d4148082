import type { VendorErrorKind } from "#lib/vendors/error.ts";

/**
 * MeditLink's statuses (§2.3.1 and the table of every operation). The document's code column is lost; the order of its
 * descriptions gives the numbers. 409 is "duplicated or already processed" on decisions and on file registration.
 */
const KINDS: Readonly<Record<number, VendorErrorKind>> = {
  400: "invalid",
  401: "token",
  403: "scope",
  404: "not_found",
  409: "conflict",
  429: "rate_limited",
  500: "unavailable",
};

export function kindOfMeditlinkStatus(status: number): VendorErrorKind | undefined {
  return KINDS[status];
}
