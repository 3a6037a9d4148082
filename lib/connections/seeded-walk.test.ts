import { expect, it } from "vitest";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import type { VendorOrder } from "#lib/vendors/vendor.ts";
import { type TimeWindow, walkWindows } from "./walk-windows.ts";

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 21);

it.each(faultSeeds())(
  "F21, F22: however many orders there are and however they lie, a walk reads them all and never pages too far (seed %d)",
  async (seed) => {
    const chance = new Chance(seed);
    const pageSize = chance.pick([10, 20, 40]);
    const maxPages = chance.pick([5, 50, 1001]);
    const bursts = Array.from({ length: 1 + chance.below(4) }, () => NOW - chance.below(3_000) * DAY_MS);
    const count = chance.below(30_000);
    const at = Array.from({ length: count }, () =>
      chance.next() < 0.5
        ? chance.pick(bursts) - chance.below(DAY_MS)
        : NOW - Math.floor(chance.next() ** 2 * 3_000 * DAY_MS),
    ).sort((a, b) => b - a);
    let [emptyAnswers, broken, calls] = [chance.below(2), chance.below(3), 0];
    const seen = new Set<string>();
    let cursor = 0;
    const read = async ({ from, to }: TimeWindow, page: number) => {
      calls++;
      expect(page).toBeLessThan(maxPages);
      if (emptyAnswers-- > 0) return { total: 0, orders: [], unreadable: 0, startedAt: new Date() };
      const all = at.flatMap((time, number) =>
        time >= from.getTime() && time <= to.getTime() ? [String(number)] : [],
      );
      const orders = all.slice(page * pageSize, (page + 1) * pageSize).map((number) => ({ number }) as VendorOrder);
      // A row that is none, once or twice.
      const unreadable = orders.length > 0 && broken-- > 0 ? 1 : 0;
      return { total: all.length, orders: orders.slice(unreadable), unreadable, startedAt: new Date() };
    };
    const keep = async ({ orders }: { orders: VendorOrder[] }) => {
      for (const { number } of orders) seen.add(number);
    };
    const walk = () =>
      walkWindows({
        from: new Date(cursor),
        to: new Date(NOW),
        pageSize,
        maxRows: pageSize * maxPages,
        grainMs: 1_000,
        read,
        keep,
        close: async (window, first, isProved) => {
          await keep(first);
          if (isProved) cursor = window.to.getTime();
        },
      });
    expect(await walk()).toBe(true);
    expect(cursor).toBe(NOW);
    expect(seen.size).toBe(count);
    expect(calls).toBeLessThanOrEqual(Math.max(12, (count / pageSize) * 2 + 40));
  },
);
