/** The closed lists of an order's words. Apart from the schemas, so that a page can use them without loading a checker. */

export const ORDER_STATUSES = [
  "pending",
  "accepted",
  "rejected",
  "cancelled",
  "in_production",
  "delivering",
  "completed",
  "refunded",
  "other",
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Counting of views and groups stops here: "999+" is as good an answer, and costs the same however many there are. */
export const MOST_COUNTED = 1_000;

/** Orders of the inbox; a minus sorts descending. */
export const SORTS = [
  "receivedAt",
  "-receivedAt",
  "dueOn",
  "-dueOn",
  "vendorUpdatedAt",
  "-vendorUpdatedAt",
  "number",
  "-number",
  "clinic",
] as const;

/** Such a list can stand under headings: due days or clinics. */
export function isGroupSort(sort: (typeof SORTS)[number]): boolean {
  return sort === "clinic" || sort === "dueOn" || sort === "-dueOn";
}
