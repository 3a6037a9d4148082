/** Lower is sooner: what a person waits for, then orders to decide, then everything else. */
export const PRIORITY = { waiting: 0, pending: 1, background: 2 } as const;

/** Orders due later than this count as due then, days. */
const FARTHEST_DAYS = 1_000;
const DAY_MS = 86_400_000;

/**
 * When a scan's turn comes in its process: first what somebody looks at, then orders still to be decided, the soonest due
 * first (without a date: last of them), then the rest.
 */
export function conversionPriority(
  order: { status: string; dueOn: Date | null },
  wanted = false,
  now: Date = new Date(),
): number {
  if (wanted) return PRIORITY.waiting;
  if (order.status !== "pending") return PRIORITY.background;
  return PRIORITY.pending + daysUntil(order.dueOn, now) / (FARTHEST_DAYS + 1);
}

/** 0 for what is due or overdue, up to `FARTHEST_DAYS`. */
export function daysUntil(dueOn: Date | null, now: Date): number {
  if (!dueOn) return FARTHEST_DAYS;
  return Math.min(FARTHEST_DAYS, Math.max(0, Math.ceil((dueOn.getTime() - now.getTime()) / DAY_MS)));
}
