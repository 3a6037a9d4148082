/** After this the portal stops trying and says so (design §4, Decisions), ms. */
export const DEADLINE_MS = 15 * 60_000;
/** One try, reading and sending together, ends within this, ms. */
export const TRY_MS = 25_000;
/** A try silent for this long died with its process; the next one first reads at the vendor what became of it, ms. */
const LEASE_MS = 30_000;
/** Pauses after the first, second … try, ms; the last one repeats. */
const PAUSES_MS = [2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

/** When an open decision may be tried (again). */
export function nextTryAt(decision: {
  state: string;
  attempts: number;
  requestedAt: Date;
  leavesAt: Date | null;
  sentAt: Date | null;
}): Date {
  if (!decision.sentAt) return decision.leavesAt ?? decision.requestedAt;
  const pause =
    decision.state === "sending"
      ? LEASE_MS
      : (PAUSES_MS[Math.min(decision.attempts, PAUSES_MS.length) - 1] ?? PAUSES_MS[0]!);
  return new Date(decision.sentAt.getTime() + pause);
}
