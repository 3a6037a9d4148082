import type { Preferences } from "#lib/preferences/preferences-schema.ts";

/** Where a case is downloaded as one zip. */
export function downloadAddress(orderId: string, format: Preferences["downloadFormat"]): string {
  return `/api/orders/${orderId}/download?format=${format}`;
}
