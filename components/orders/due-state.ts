import type { OrderStatus } from "#lib/orders/order-schema.ts";

export type DueState = { days: number; urgency: "overdue" | "soon" | "later" | "settled" };

/** Nothing has to be done by the day any more; of a state we do not know we cannot say that it presses. */
const SETTLED: readonly OrderStatus[] = ["rejected", "cancelled", "completed", "refunded", "other"];
const DAY_MS = 86_400_000;

/**
 * How near a due day is. A due date is a calendar day: it is over when the day is.
 * @param dueOn YYYY-MM-DD
 * @param today YYYY-MM-DD where the reader is
 */
export function dueState(dueOn: string, today: string, status: OrderStatus): DueState {
  const days = Math.round((Date.parse(dueOn) - Date.parse(today)) / DAY_MS);
  if (SETTLED.includes(status)) return { days, urgency: "settled" };
  if (days < 0) return { days, urgency: "overdue" };
  return { days, urgency: days <= 2 ? "soon" : "later" };
}

/** The calendar day some days later, YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
