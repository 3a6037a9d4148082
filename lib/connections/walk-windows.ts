import type { OrderListPage, VendorOrder } from "#lib/vendors/vendor.ts";

/** One page as it was read; `startedAt` is when the read began. */
export type ReadPage = OrderListPage & { startedAt: Date };
export type TimeWindow = { from: Date; to: Date };

export type Walk = TimeWindow & {
  pageSize: number;
  /** The furthest the vendor lets one window be paged, in rows; a larger one is split before it is paged (F22). */
  maxRows: number;
  /** Windows are not split finer than this, ms. */
  grainMs: number;
  read(window: TimeWindow, page: number): Promise<ReadPage>;
  /** Keeps the rows of a page; called while the next page is already under way. */
  keep(page: ReadPage): Promise<void>;
  /** Keeps the rows of a window's first page; with `isProved` everything up to `window.to` is here: move the cursor with them. */
  close(window: TimeWindow, first: ReadPage, isProved: boolean): Promise<void>;
};

/**
 * Windows smaller than the vendor's limit are worth it for the cursor's sake: a killed run reads again from the last closed
 * window.
 */
const ROWS_PER_WINDOW = 10_000;

/** Windows up to here are read again anyway, by the next runs' overlap (lib/connections/walk-orders.ts), ms. */
const LONG_MS = 20 * 60_000;

type Pending = TimeWindow & { tries: number; estimate: number | null; rest: { window: Pending; of: number } | null };

/**
 * Reads closed windows, oldest first, pages from the last to the first: an order that changes meanwhile leaves the window, the
 * later ones move forward, onto pages that are still to be read. A window counts only on the counting proof (distinct orders =
 * total at the start = total at the end); otherwise it is read again, then halved (F21).
 * @returns false when some window could not be proved: the cursor stays before it
 */
export async function walkWindows(walk: Walk): Promise<boolean> {
  const limit = Math.min(walk.maxRows, ROWS_PER_WINDOW);
  const pending: Pending[] = [{ from: walk.from, to: walk.to, tries: 0, estimate: null, rest: null }];
  let isProved = true;
  for (let window = pending.pop(); window; window = pending.pop()) {
    if (window.estimate !== null && window.estimate > limit && isSplittable(window, walk)) {
      pending.push(...halves(window, window.estimate));
      continue;
    }
    let first = await walk.read(window, 0);
    // Nothing at all in a long time is asked for twice: one empty answer would carry the cursor past everything.
    if (first.total === 0 && window.to.getTime() - window.from.getTime() > LONG_MS) first = await walk.read(window, 0);
    if (window.rest) window.rest.window.estimate = window.rest.of - first.total;
    if (first.total > limit && isSplittable(window, walk)) {
      await walk.keep(first); // the newest of all: worth having before the oldest
      pending.push(...halves(window, first.total));
      continue;
    }
    const rest = await readRest(walk, window, first);
    // Rows that cannot be read are believed to be so when they are met a second time.
    if (rest.isProved && (rest.unreadable === 0 || window.tries > 0)) {
      await walk.close(window, first, isProved);
    } else if (window.tries < 1 || !isSplittable(window, walk)) {
      await walk.keep(first);
      if (window.tries < 2) pending.push({ ...window, tries: window.tries + 1, estimate: null });
      else isProved = false;
    } else {
      await walk.keep(first);
      pending.push(...halves(window, first.total));
    }
  }
  return isProved;
}

/** Reads all pages but the first, from the last on. @returns whether the counting proof holds, and the rows that are none */
async function readRest(
  walk: Walk,
  window: TimeWindow,
  first: ReadPage,
): Promise<{ isProved: boolean; unreadable: number }> {
  const numbers = new Set(first.orders.map((order: VendorOrder) => order.number));
  const reachable = Math.min(first.total, walk.maxRows);
  let unreadable = first.unreadable;
  let isSteady = true;
  let keeping: Promise<void> = Promise.resolve();
  for (let page = Math.ceil(reachable / walk.pageSize) - 1; page >= 1; page--) {
    const read = await walk.read(window, page);
    for (const order of read.orders) numbers.add(order.number);
    unreadable += read.unreadable;
    isSteady &&= read.total === first.total;
    await keeping;
    keeping = walk.keep(read);
    keeping.catch(() => {}); // reported by the await that follows
  }
  await keeping;
  return { isProved: isSteady && numbers.size + unreadable === first.total, unreadable };
}

function isSplittable(window: TimeWindow, walk: Walk): boolean {
  return window.to.getTime() - window.from.getTime() >= 2 * walk.grainMs;
}

/** Both halves share their border, so that nothing falls between them. The earlier one is to be taken first. */
function halves(window: TimeWindow, total: number): [Pending, Pending] {
  const middle = new Date(Math.floor((window.from.getTime() + window.to.getTime()) / 2));
  const late: Pending = { from: middle, to: window.to, tries: 0, estimate: null, rest: null };
  const early: Pending = { from: window.from, to: middle, tries: 0, estimate: null, rest: { window: late, of: total } };
  return [late, early];
}
