import { keyedHash } from "#lib/crypto/keyring.ts";
import { openFileName } from "#lib/orders/seal-order.ts";

/**
 * A vendor without ids for files names them by their names, and those may hold a patient's. Such a key is kept as what stands
 * before the name and a keyed hash of the name, and put together again with the sealed name when the vendor is asked.
 */
const MARK = "#";

/** The key as it lies in the database: the vendor's own where it does not hold the file's name. */
export function storedFileKey(organisationId: string, file: { key: string; name: string }): string {
  if (file.name === "" || !file.key.endsWith(file.name)) return file.key;
  const hash = keyedHash("file-key", organisationId, file.name).toString("base64url").slice(0, 22);
  return `${file.key.slice(0, -file.name.length)}${MARK}${hash}`;
}

/** The key as the vendor knows it. @throws {SealError} */
export function vendorFileKey(row: {
  organisationId: string;
  id: string;
  key: string;
  nameSealed: Uint8Array;
}): string {
  const name = openFileName(row.organisationId, row.id, row.nameSealed);
  const at = row.key.lastIndexOf(MARK);
  const key = at < 0 ? row.key : `${row.key.slice(0, at)}${name}`;
  return storedFileKey(row.organisationId, { key, name }) === row.key ? key : row.key;
}
