import { findVendor } from "#lib/vendors/registry.ts";

/**
 * The last moment this order was known to equal the vendor's. Where a vendor lists by change time, a proved window says it of
 * every order that did not appear in it: the connection's cursor counts, too. Elsewhere only reading the order itself does.
 */
export function seenAt(row: { vendor: string; syncedAt: Date; connection: { cursor: Date | null } }): Date {
  const { cursor } = row.connection;
  const isListedByChange = findVendor(row.vendor)?.orders?.window.on === "changed";
  return isListedByChange && cursor && cursor > row.syncedAt ? cursor : row.syncedAt;
}
