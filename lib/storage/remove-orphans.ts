import { database } from "#lib/database/database.ts";
import { log } from "#lib/log/log.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";

/** A younger object may belong to a row that is not written yet, ms. */
const YOUNG_MS = 86_400_000;
const OBJECTS_AT_ONCE = 5_000;

/**
 * Removes the objects that no row names and that are older than a day: what is left of orders that were deleted, of tries that
 * died between keeping a file and writing its row, of files replaced by newer ones. Repeatable, nightly.
 * @param now ms since 1970
 * @returns how many were removed
 */
export async function removeOrphans(store: ObjectStore, now: number): Promise<number> {
  const columns = await hashColumns();
  let removed = 0;
  let old: string[] = [];
  const sweep = async () => {
    const named = await namedAmong(columns, old);
    for (const sha256 of old) {
      if (named.has(sha256)) continue;
      await store.remove(sha256);
      removed++;
    }
    old = [];
  };
  for await (const { sha256, storedAt } of store.list()) {
    if (now - storedAt.getTime() < YOUNG_MS) continue;
    old.push(sha256);
    if (old.length >= OBJECTS_AT_ONCE) await sweep();
  }
  await sweep();
  if (removed > 0) log.info({ removed }, "objects that nothing names were removed");
  return removed;
}

type HashColumn = { table: string; column: string; isArray: boolean };

/** Every column that names objects, by its name: one that is added later protects its objects without being named here. */
async function hashColumns(): Promise<HashColumn[]> {
  return database().$queryRaw<HashColumn[]>`
    SELECT table_name AS table, column_name AS column, data_type = 'ARRAY' AS "isArray" FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name LIKE '%sha256' AND data_type IN ('text', 'ARRAY')`;
}

async function namedAmong(columns: HashColumn[], hashes: string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  if (columns.length === 0) throw new Error("no column names objects: nothing is removed");
  const queries = columns.map(({ table, column, isArray }) =>
    isArray
      ? `SELECT h AS hash FROM "${table}" AS t, unnest(t."${column}") AS h WHERE h = ANY ($1)`
      : `SELECT "${column}" AS hash FROM "${table}" WHERE "${column}" = ANY ($1)`,
  );
  const rows = await database().$queryRawUnsafe<{ hash: string }[]>(queries.join(" UNION "), hashes);
  return new Set(rows.map((row) => row.hash));
}
