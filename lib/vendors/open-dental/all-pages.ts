/** The most rows of one answer, more at the local API and API service; fewer than that is the end. */
export const PAGE_ROWS = 100;
/** A practice that never ends a list is not read for ever. */
const MOST_PAGES = 100;

/** Reads a list page after page, as long as pages are full. */
export async function allPages<T>(page: (query: { Offset?: number }) => Promise<T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let n = 0; n < MOST_PAGES; n++) {
    const rows = await page(n === 0 ? {} : { Offset: all.length });
    all.push(...rows);
    if (rows.length < PAGE_ROWS) break;
  }
  return all;
}
