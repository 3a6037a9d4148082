import { type Keyring, keyring } from "#lib/crypto/keyring.ts";
import { SealError, unseal } from "#lib/crypto/seal.ts";
import { type Query, sealedColumns } from "#lib/crypto/sealed-columns.ts";

const HOW_TO_HELP =
  "Nothing was changed. Give the keys that were used before in SEALING_KEYS (id:base64,id:base64), or put the file keys/sealing-keys of the data directory's backup back.";

/**
 * Opens the oldest and the newest value of every sealed column: with a key missing or wrong, a portal would show errors instead
 * of names and could not sign in at any vendor, so it does not start (F53).
 * @throws {SealError} naming the key and what to do
 */
export async function checkSealingKeys(query: Query, ring: Keyring = keyring()): Promise<void> {
  for (const { table, column } of await sealedColumns(query)) {
    const end = (direction: string) =>
      `(SELECT id::text, organisation_id::text AS organisation, "${column}" AS sealed FROM "${table}"
        WHERE "${column}" IS NOT NULL ORDER BY id ${direction} LIMIT 1)`;
    const rows = await query<{ id: string; organisation: string; sealed: Uint8Array }>(
      `${end("ASC")} UNION ALL ${end("DESC")}`,
    );
    for (const { id, organisation, sealed } of rows)
      try {
        unseal(sealed, { organisationId: organisation, table, column, row: id }, ring);
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
        throw new SealError(`SEALING_KEYS: ${error.message} ${HOW_TO_HELP}`, { cause: error });
      }
  }
}
