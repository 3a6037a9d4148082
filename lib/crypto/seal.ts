import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type Keyring, keyring } from "#lib/crypto/keyring.ts";

/** Where a sealed value lives: bound to it as associated data, so that it opens nowhere else. */
export type SealedPlace = { organisationId: string; table: string; column: string; row: string };

export class SealError extends Error {
  override name = "SealError";
}

const VERSION = 1;

/**
 * Seals with AES-256-GCM: version (1 byte), key id (1 byte length + text), nonce (12), tag (16), ciphertext.
 * A fresh random nonce each time (NIST SP 800-38D §8.2.2).
 */
export function seal(
  plain: Uint8Array | string,
  place: SealedPlace,
  ring: Keyring = keyring(),
): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", ring.keys.get(ring.first)!, nonce);
  cipher.setAAD(associatedData(place, ring.first));
  const body = Buffer.concat([cipher.update(plain as Uint8Array), cipher.final()]);
  return new Uint8Array(Buffer.concat([sealHeader(ring.first), nonce, cipher.getAuthTag(), body]));
}

/** What a value sealed with this key begins with. */
export function sealHeader(keyId: string): Uint8Array<ArrayBuffer> {
  const id = Buffer.from(keyId, "utf8");
  return new Uint8Array(Buffer.concat([Buffer.from([VERSION, id.length]), id]));
}

/** @throws {SealError} when the key is missing, or the bytes were changed or moved from another place */
export function unseal(sealed: Uint8Array, place: SealedPlace, ring: Keyring = keyring()): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const idLength = bytes[1] ?? 0;
  if (bytes[0] !== VERSION || bytes.length < 2 + idLength + 28) throw new SealError("Not a sealed value.");
  const id = bytes.toString("utf8", 2, 2 + idLength);
  const key = ring.keys.get(id);
  if (!key) throw new SealError(`The sealing key "${id}" is not among SEALING_KEYS.`);
  const at = 2 + idLength;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(at, at + 12));
  decipher.setAAD(associatedData(place, id));
  decipher.setAuthTag(bytes.subarray(at + 12, at + 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(at + 28)), decipher.final()]);
  } catch (cause) {
    throw new SealError(`A sealed value of ${place.table}.${place.column} does not open.`, { cause });
  }
}

export function sealJson(value: unknown, place: SealedPlace): Uint8Array<ArrayBuffer> {
  return seal(JSON.stringify(value), place);
}

/** The caller checks the shape. @throws {SealError} */
export function unsealJson(sealed: Uint8Array, place: SealedPlace): unknown {
  return JSON.parse(unseal(sealed, place).toString("utf8"));
}

function associatedData(place: SealedPlace, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([place.organisationId, place.table, place.column, place.row, keyId]));
}
