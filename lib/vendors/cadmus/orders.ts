import { listCases } from "#lib/vendors/cadmus/api/cases.ts";
import { mapCase } from "#lib/vendors/cadmus/map.ts";
import { VendorError } from "#lib/vendors/error.ts";
import type { OrderListPage, OrderSource, VendorOrder } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** The document's own page size; the largest one taken is not documented. */
const PAGE_SIZE = 20;
const DAY_MS = 86_400_000;

/** Cases by the day they were created. List entries are whole; changes are found by reading again. */
export const orders: OrderSource = {
  window: { on: "created", maxRows: Number.MAX_SAFE_INTEGER, pageSize: PAGE_SIZE },
  listIsWhole: true,
  page: readPage,
  get: readCase,
};

/**
 * One page of the days that [from, to] touches in UTC: the vendor knows whole days only, so cases before `from` and after `to` on
 * the first and last day come along, and count.
 */
async function readPage(
  session: VendorSession,
  input: { from: Date; to: Date; page: number; pageSize: number },
): Promise<OrderListPage> {
  const page = await listCases(session, {
    page: input.page + 1,
    pageSize: input.pageSize,
    from: dayOf(input.from),
    to: dayOf(input.to),
  });
  const orders = page.items.map(mapCase).filter((order) => order !== null);
  return { total: page.total, orders, unreadable: page.items.length - orders.length };
}

/**
 * The document has no call for one case. Its creation day, known since it arrived, leads to it in a call or two; a day on either
 * side covers a vendor whose days are not UTC's. Without the day, or when it is not there, every page is looked through.
 */
async function readCase(session: VendorSession, number: string, near?: Date | null): Promise<VendorOrder> {
  if (near) {
    const days = { from: new Date(near.getTime() - DAY_MS), to: new Date(near.getTime() + DAY_MS) };
    const found = await findCase(session, number, { from: dayOf(days.from), to: dayOf(days.to) });
    if (found) return found;
  }
  const found = await findCase(session, number, {});
  if (!found) throw new VendorError("not_found", "cadmus", "GET /unified-cases: no such case", { noEffect: true });
  return found;
}

async function findCase(
  session: VendorSession,
  number: string,
  days: { from?: string; to?: string },
): Promise<VendorOrder | null> {
  const seen = new Set<string>();
  for (let page = 1; ; page++) {
    const { items, total } = await listCases(session, { page, pageSize: PAGE_SIZE, ...days });
    let isNews = false;
    for (const item of items) {
      const order = mapCase(item);
      if (order?.number === number) return order;
      isNews ||= !order || !seen.has(order.number);
      if (order) seen.add(order.number);
    }
    // Whatever the total says: a page without anything new may come for ever.
    if (!isNews || page * PAGE_SIZE >= total) return null;
  }
}

const LAST_DAY = Date.UTC(9999, 11, 31);

/** The UTC day, YYYY-MM-DD, within the years that have four digits. */
function dayOf(at: Date): string {
  return new Date(Math.min(LAST_DAY, Math.max(0, at.getTime()))).toISOString().slice(0, 10);
}
