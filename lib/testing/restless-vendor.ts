import type { Chance } from "#lib/testing/chance.ts";

const MOVES = ["accept", "reject", "cancel", "touch", "touch", "touch", "status"] as const;

/** The vendor's own record of an order, in short. */
export type TrueOrder = { number: number; status: string; updatedAt: number };

/** People at the vendor while a sync walks: orders change, are decided, and new ones are placed. */
export function restlessVendor(control: string, account: string, chance: Chance) {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${control}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    return (await answer.json()) as T;
  }
  const truth = () => call<TrueOrder[]>("GET", `/orders?account=${account}`);

  /** One thing that happens; a move that an order's state does not allow happens not. */
  async function happen(numbers: readonly number[]): Promise<void> {
    if (chance.next() < 0.1) return void (await call("POST", "/orders", { count: 1 }));
    const action = chance.pick(MOVES);
    const more = action === "status" ? { status: chance.pick(["SHIPPED", "COMPLETED", "REFUNDED", "ON_HOLD"]) } : {};
    await call("POST", `/orders/${chance.pick(numbers)}`, { action, ...more });
  }

  return { truth, happen, call };
}

/** How an order that is here differs from the vendor's: status and change time (its answers print seconds) and a whole read. */
export function differences(
  truth: readonly TrueOrder[],
  here: readonly { number: string; vendorStatus: string; vendorUpdatedAt: Date | null; detailFetchedAt: Date | null }[],
): string[] {
  const rows = new Map(here.map((row) => [row.number, row]));
  const known = new Set(truth.map((order) => String(order.number)));
  const seconds = (ms: number) => Math.floor(ms / 1000);
  return [
    ...truth.flatMap(({ number, status, updatedAt }) => {
      const row = rows.get(String(number));
      if (!row) return [`${number}: missing`];
      if (row.vendorStatus !== status) return [`${number}: ${row.vendorStatus} instead of ${status}`];
      if (seconds(row.vendorUpdatedAt?.getTime() ?? 0) !== seconds(updatedAt)) return [`${number}: of another time`];
      return row.detailFetchedAt ? [] : [`${number}: not whole`];
    }),
    ...here.flatMap(({ number }) => (known.has(number) ? [] : [`${number}: not at the vendor`])),
  ];
}
