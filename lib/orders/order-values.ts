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
