import type { Preferences } from "#lib/preferences/preferences-schema.ts";

/** Where a case is downloaded as one zip. */
export function downloadAddress(orderId: string, format: Preferences["downloadFormat"]): string {
  return `/api/orders/${orderId}/download?format=${format}`;
}

/** As many orders as the portal puts into one zip. */
export const MOST_IN_ONE_ZIP = 50;

/** Where several cases are downloaded as one zip, a folder for each. */
export function downloadManyAddress(orderIds: readonly string[], format: Preferences["downloadFormat"]): string {
  return `/api/orders/download?format=${format}&ids=${orderIds.join(",")}`;
}
