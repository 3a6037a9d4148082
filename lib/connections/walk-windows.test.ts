import { describe, expect, it } from "vitest";
import type { VendorOrder } from "#lib/vendors/vendor.ts";
import { type ReadPage, type TimeWindow, walkWindows } from "./walk-windows.ts";

/** A vendor that lists what changed in a window, last changed first, and may change something between two pages. */
class ModelVendor {
  readonly changedAt: Float64Array;
  calls = 0;
  farthestPage = 0;
  now: number;
  #sorted: Uint32Array | null = null;

  constructor(changedAt: number[], now: number) {
    this.changedAt = Float64Array.from(changedAt);
    this.now = now;
  }

  change(order: number): void {
    this.changedAt[order] = ++this.now;
    this.#sorted = null;
  }

  page({ from, to }: TimeWindow, page: number, pageSize: number): ReadPage {
    this.calls++;
    this.farthestPage = Math.max(this.farthestPage, page);
    this.#sorted ??= Uint32Array.from(this.changedAt.keys()).sort((a, b) => this.changedAt[b]! - this.changedAt[a]!);
    // Last changed first: the first index at or before `to`, and the first before `from`.
    const first = this.#firstAtOrBefore(to.getTime());
    const end = this.#firstAtOrBefore(from.getTime() - 1);
    const rows = this.#sorted.subarray(first + page * pageSize, Math.min(end, first + (page + 1) * pageSize));
    const orders = Array.from(rows, (number) => ({ number: String(number) }) as VendorOrder);
    return { total: end - first, orders, unreadable: 0, startedAt: new Date(this.now) };
  }

  #firstAtOrBefore(time: number): number {
    let low = 0;
    let high = this.#sorted!.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.changedAt[this.#sorted![middle]!]! > time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A small seeded source of chance (mulberry32). */
function chance(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Sink = { seen: Set<string>; cursor: number };

async function walk(
  vendor: ModelVendor,
  sink: Sink,
  options: { pageSize?: number; maxRows?: number; between?: () => void; overlap?: number } = {},
): Promise<boolean> {
  const { pageSize = 40, maxRows = 40_040, between = () => {} } = options;
  const keep = async (page: ReadPage) => {
    for (const order of page.orders) sink.seen.add(order.number);
  };
  return walkWindows({
    from: new Date(sink.cursor),
    to: new Date(vendor.now),
    pageSize,
    maxRows,
    grainMs: 2,
    read: async (window, page) => {
      const read = vendor.page(window, page, pageSize);
      between();
      return read;
    },
    keep,
    close: async (window, first, isProved) => {
      await keep(first);
      if (isProved) sink.cursor = window.to.getTime();
    },
  });
}

describe("walking windows", () => {
  it("reads an empty one and a small one with a single call", async () => {
    const vendor = new ModelVendor([10, 20, 30], 40);
    const sink = { seen: new Set<string>(), cursor: 0 };
    expect(await walk(vendor, sink)).toBe(true);
    expect([...sink.seen].sort()).toEqual(["0", "1", "2"]);
    expect(sink.cursor).toBe(40);
    await walk(vendor, sink);
    expect(vendor.calls).toBe(2);
  });

  it("F21: 1,000 random schedules of changes during the walk: nothing is missed, the cursor is never ahead", async () => {
    for (let seed = 1; seed <= 1_000; seed++) {
      const random = chance(seed);
      const count = Math.floor(random() * 400);
      const vendor = new ModelVendor(
        Array.from({ length: count }, () => Math.floor(random() * 100_000)),
        100_000,
      );
      const sink = { seen: new Set<string>(), cursor: 0 };
      const rate = random() * 0.3;
      let changes = Math.ceil(count * rate);
      const between = () => {
        for (; changes > 0 && random() < 0.5; changes--) vendor.change(Math.floor(random() * count));
      };
      for (let run = 0; run < 3; run++) {
        await walk(vendor, sink, { pageSize: 10, between });
        for (let order = 0; order < count; order++)
          if (vendor.changedAt[order]! <= sink.cursor && !sink.seen.has(String(order)))
            expect.fail(`seed ${seed}: order ${order} is missing behind the cursor`);
      }
      expect(sink.seen.size, `seed ${seed}`).toBe(count);
    }
  });

  it("F22: a million orders are split before they are paged, with few calls more than pages", async () => {
    const random = chance(7);
    const day = 86_400_000;
    const now = Date.UTC(2026, 10, 21);
    const vendor = new ModelVendor(
      Array.from({ length: 1_000_000 }, () => now - Math.floor(random() ** 2 * 8 * 365 * day)),
      now,
    );
    const sink = { seen: new Set<string>(), cursor: 0 };
    expect(await walk(vendor, sink)).toBe(true);
    expect(sink.seen.size).toBe(1_000_000);
    expect(vendor.farthestPage).toBeLessThanOrEqual(1_000);
    expect(vendor.calls).toBeLessThanOrEqual(26_500);
  });

  it("20,000 orders cost at most 1.06 times the pages they fill", async () => {
    const random = chance(3);
    const now = Date.UTC(2026, 10, 21);
    const vendor = new ModelVendor(
      Array.from({ length: 20_000 }, () => now - Math.floor(random() * 2 * 365 * 86_400_000)),
      now,
    );
    const sink = { seen: new Set<string>(), cursor: 0 };
    await walk(vendor, sink);
    expect(sink.seen.size).toBe(20_000);
    expect(vendor.calls).toBeLessThanOrEqual(530);
  });

  it("more orders of one instant than the vendor can page are kept as far as they go and never count as all", async () => {
    const vendor = new ModelVendor(
      Array.from({ length: 120 }, () => 50),
      100,
    );
    const sink = { seen: new Set<string>(), cursor: 0 };
    expect(await walk(vendor, sink, { maxRows: 80 })).toBe(false);
    expect(sink.seen.size).toBe(80);
    expect(sink.cursor).toBeLessThan(50);
  });

  const HISTORY = Array.from({ length: 300 }, (_, i) => 1_000_000 + i * 7_000_000);
  it.each([
    ["one more than it lists", (total: number) => total + 1],
    ["one less than it lists", (total: number) => Math.max(0, total - 1)],
    ["three, whatever it lists", () => 3],
    ["a million, whatever it lists", () => 1_000_000],
  ])(
    "a vendor that counts %s, always: every order is read, the cursor stays, and the calls have an end",
    async (_, lie) => {
      const vendor = new ModelVendor(HISTORY, 3_000_000_000);
      const honest = vendor.page.bind(vendor);
      vendor.page = (...where) => ({ ...honest(...where), total: lie(honest(...where).total) });
      const sink = { seen: new Set<string>(), cursor: 0 };
      expect(await walk(vendor, sink, { pageSize: 10, maxRows: 1_000 })).toBe(false);
      expect(sink.seen.size).toBe(HISTORY.length);
      expect(vendor.calls).toBeLessThan(3_000);
    },
  );

  it("a vendor that gives its first page whatever page it is asked for: every order is read all the same", async () => {
    const vendor = new ModelVendor(HISTORY, 3_000_000_000);
    const honest = vendor.page.bind(vendor);
    vendor.page = (window, _page, size) => honest(window, 0, size);
    const sink = { seen: new Set<string>(), cursor: 0 };
    await walk(vendor, sink, { pageSize: 10 });
    await walk(vendor, sink, { pageSize: 10 });
    expect(sink.seen.size).toBe(HISTORY.length);
  });

  it("a failing write stops the walk", async () => {
    const vendor = new ModelVendor(
      Array.from({ length: 100 }, (_, i) => i),
      200,
    );
    const failing = walkWindows({
      from: new Date(0),
      to: new Date(200),
      pageSize: 10,
      maxRows: 40_040,
      grainMs: 2,
      read: async (window, page) => vendor.page(window, page, 10),
      keep: async () => {
        throw new Error("disk full");
      },
      close: async () => expect.fail("closed"),
    });
    await expect(failing).rejects.toThrow("disk full");
    expect(vendor.calls).toBeLessThan(5);
  });
});
