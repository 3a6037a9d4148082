import type { ConnectionHealthView } from "#lib/connections/connection-schema.ts";

type Name = "waitingScans" | "waitingDecisions" | "waitingOrders" | "waitingJobs";

/** What waits for an account, in words, where anything does. */
export function waitingParts(
  parked: ConnectionHealthView["parked"],
  t: (name: Name, facts: { count: number }) => string,
): string[] {
  const counts: [Name, number][] = [
    ["waitingScans", parked.scans],
    ["waitingDecisions", parked.decisions],
    ["waitingOrders", parked.orders],
    ["waitingJobs", parked.jobs],
  ];
  return counts.flatMap(([name, count]) => (count > 0 ? t(name, { count }) : []));
}
