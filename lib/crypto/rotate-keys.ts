import { type Keyring, keyring } from "#lib/crypto/keyring.ts";
import { SealError, seal, sealHeader, unseal } from "#lib/crypto/seal.ts";
import { type Query, type SealedColumn, sealedColumns } from "#lib/crypto/sealed-columns.ts";

const ROWS_AT_ONCE = 500;

export type Rotation = {
  resealed: number;
  /** Values that none of the keys opens: left as they are. */
  unreadable: number;
};

/**
 * Seals everything with the first key that is still sealed with another one (F53). Online: each value is replaced only where it
 * is still the one that was read, in small statements that nobody waits for. Resumable: what is done is not looked at again,
 * so a run that was stopped is gone on with by the next.
 */
export async function rotateKeys(
  query: Query,
  options: { ring?: Keyring; signal?: AbortSignal; onProgress?: (done: Rotation) => void } = {},
): Promise<Rotation> {
  const ring = options.ring ?? keyring();
  const total: Rotation = { resealed: 0, unreadable: 0 };
  for (const column of await sealedColumns(query))
    for (let after = "00000000-0000-0000-0000-000000000000"; after; ) {
      options.signal?.throwIfAborted();
      const batch = await resealBatch(query, column, ring, after);
      total.resealed += batch.resealed;
      total.unreadable += batch.unreadable;
      after = batch.last;
      options.onProgress?.(total);
    }
  return total;
}

async function resealBatch(
  query: Query,
  { table, column }: SealedColumn,
  ring: Keyring,
  after: string,
): Promise<Rotation & { last: string }> {
  const header = sealHeader(ring.first);
  const rows = await query<{ id: string; organisation: string; sealed: Uint8Array }>(
    `SELECT id::text, organisation_id::text AS organisation, "${column}" AS sealed FROM "${table}"
     WHERE id > $1::uuid AND "${column}" IS NOT NULL AND substring("${column}" FROM 1 FOR ${header.length}) <> $2
     ORDER BY id LIMIT ${ROWS_AT_ONCE}`,
    after,
    header,
  );
  const ids: string[] = [];
  const before: Uint8Array[] = [];
  const now: Uint8Array[] = [];
  let unreadable = 0;
  for (const { id, organisation, sealed } of rows) {
    const place = { organisationId: organisation, table, column, row: id };
    try {
      now.push(seal(unseal(sealed, place, ring), place, ring));
      ids.push(id);
      before.push(sealed);
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      unreadable++;
    }
  }
  const replaced = await query<{ id: string }>(
    `UPDATE "${table}" AS t SET "${column}" = given.now
     FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS given (id, before, now)
     WHERE t.id = given.id AND t."${column}" = given.before RETURNING t.id::text`,
    ids,
    before,
    now,
  );
  return { resealed: replaced.length, unreadable, last: rows.length < ROWS_AT_ONCE ? "" : rows.at(-1)!.id };
}
