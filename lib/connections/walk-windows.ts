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

/**
 * How often a walk reads again or halves what fails its proof, beside once for each page of the largest window and some for each
 * window that is proved, and how often it halves what is too large. A vendor whose total is wrong wherever it is asked would else
 * have every second of its history asked for.
 */
const MOST_FAILURES = 24;
const PER_PROOF = 3;
const FEWEST_HALVINGS = 64;
const MOST_HALVINGS = 4_000;

type Pending = TimeWindow & { tries: number; estimate: number | null; rest: { window: Pending; of: number } | null };

/**
 * Reads closed windows, oldest first, pages from the last to the first: an order that changes meanwhile leaves the window, the
 * later ones move forward, onto pages that are still to be read. A window counts only on the counting proof (distinct orders =
 * total at the start = total at the end); otherwise it is read again, then halved (F21). Where that does not end, what is left is read
 * once, as far as pages bring anything.
 * @returns false when some window could not be proved: the cursor stays before it
 */
export async function walkWindows(walk: Walk): Promise<boolean> {
  const limit = Math.min(walk.maxRows, ROWS_PER_WINDOW);
  const pending: Pending[] = [{ from: walk.from, to: walk.to, tries: 0, estimate: null, rest: null }];
  let isProved = true;
  const patience = { failures: MOST_FAILURES, halvings: FEWEST_HALVINGS, pages: 0 };
  let isFirst = true;
  for (let window = pending.pop(); window; window = pending.pop()) {
    const isTired = patience.failures + patience.pages < 0 || patience.halvings < 0;
    const mayHalve = isSplittable(window, walk) && !isTired;
    if (window.estimate !== null && window.estimate > limit && mayHalve) {
      patience.halvings--;
      pending.push(...halves(window, window.estimate));
      continue;
    }
    let first = await walk.read(window, 0);
    // Nothing at all in a long time is asked for twice: one empty answer would carry the cursor past everything.
    if (first.total === 0 && window.to.getTime() - window.from.getTime() > LONG_MS) first = await walk.read(window, 0);
    if (isFirst) patience.halvings += Math.min(MOST_HALVINGS, 4 * Math.ceil(first.total / limit));
    isFirst = false;
    if (window.rest) window.rest.window.estimate = window.rest.of - first.total;
    if (first.total > limit && mayHalve) {
      patience.halvings--;
      await walk.keep(first); // the newest of all: worth having before the oldest
      pending.push(...halves(window, first.total));
      continue;
    }
    const rest = await readRest(walk, window, first, isTired);
    patience.pages = Math.max(patience.pages, Math.ceil(rest.rows / walk.pageSize));
    // Rows that cannot be read are believed to be so when they are met a second time.
    if (rest.isProved && (rest.unreadable === 0 || window.tries > 0)) {
      await walk.close(window, first, isProved);
      if (rest.rows > 0) patience.failures += PER_PROOF; // smaller windows do help
      continue;
    }
    await walk.keep(first);
    patience.failures--;
    if (!isTired && window.tries >= 1 && isSplittable(window, walk)) pending.push(...halves(window, first.total));
    else if (!isTired && window.tries < 2) pending.push({ ...window, tries: window.tries + 1, estimate: null });
    else isProved = false;
  }
  return isProved;
}

/**
 * Reads all pages but the first, from the last on; from the second on, as far as they bring anything, where the total is no help.
 * @returns whether the counting proof holds, the distinct orders, and the rows that are none
 */
async function readRest(
  walk: Walk,
  window: TimeWindow,
  first: ReadPage,
  isTired: boolean,
): Promise<{ isProved: boolean; rows: number; unreadable: number }> {
  const numbers = new Set(first.orders.map((order: VendorOrder) => order.number));
  let unreadable = first.unreadable;
  let isSteady = true;
  let keeping: Promise<void> = Promise.resolve();
  const readPage = async (page: number): Promise<ReadPage> => {
    const read = await walk.read(window, page);
    for (const order of read.orders) numbers.add(order.number);
    unreadable += read.unreadable;
    isSteady &&= read.total === first.total;
    await keeping;
    keeping = walk.keep(read);
    keeping.catch(() => {}); // reported by the await that follows
    return read;
  };
  const last = Math.ceil(Math.min(first.total, walk.maxRows) / walk.pageSize) - 1;
  const isTotalOdd = isTired || rowsOf(first) > first.total || (last >= 1 && rowsOf(await readPage(last)) === 0);
  if (!isTotalOdd) for (let page = last - 1; page >= 1; page--) await readPage(page);
  let read = isTotalOdd ? first : null;
  for (let page = 1; read && rowsOf(read) >= walk.pageSize && page * walk.pageSize < walk.maxRows; page++) {
    const known = numbers.size;
    read = await readPage(page);
    if (numbers.size === known) break; // a page that repeats for ever
  }
  await keeping;
  return { isProved: isSteady && numbers.size + unreadable === first.total, rows: numbers.size, unreadable };
}

function rowsOf({ orders, unreadable }: ReadPage): number {
  return orders.length + unreadable;
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
