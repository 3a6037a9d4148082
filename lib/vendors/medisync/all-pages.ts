import { z } from "zod";

/** Paging is named and not described: asked for only when an answer says that there is more. */
export const pageQuery = z.strictObject({
  page: z.coerce.number().int().min(1).max(10_000).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});

const MOST_PAGES = 200;

/** Every row, whether the list comes whole or in pages. */
export async function allPages<T>(
  read: (query: { page?: number }) => Promise<{ rows: T[]; total: number | null }>,
): Promise<T[]> {
  const { rows, total } = await read({});
  const all = [...rows];
  for (let page = 2; page <= MOST_PAGES && total !== null && all.length < total; page++) {
    const next = await read({ page });
    if (next.rows.length === 0) break;
    all.push(...next.rows);
  }
  return all;
}
