import { createHmac, hkdfSync } from "node:crypto";
import { ensureSecrets } from "#lib/crypto/ensure-secrets.ts";
import { env } from "#lib/env.ts";

export type Keyring = { first: string; keys: Map<string, Buffer> };

let memo: Keyring | undefined;

/** The sealing keys: from SEALING_KEYS, else the ones kept under DATA_DIR. The first one seals, all of them open. */
export function keyring(): Keyring {
  memo ??= parseKeyring(env().SEALING_KEYS ?? ensureSecrets(env().DATA_DIR).sealingKeys);
  return memo;
}

/** @param text `id:base64,id:base64` @throws {Error} when a key is not 32 bytes */
export function parseKeyring(text: string): Keyring {
  const keys = new Map<string, Buffer>();
  for (const part of text.split(",")) {
    const [id = "", base64 = ""] = part.split(/:(.*)/s);
    const key = Buffer.from(base64, "base64");
    if (!id || key.length !== 32) throw new Error("SEALING_KEYS: each key is id:base64 of 32 bytes.");
    keys.set(id, key);
  }
  const first = keys.keys().next().value;
  if (!first) throw new Error("SEALING_KEYS holds no key.");
  return { first, keys };
}

/** A key of its own for one purpose and organisation (HKDF, RFC 5869), from the last key so that adding a newer one keeps it. */
export function deriveKey(purpose: string, organisationId: string, ring: Keyring = keyring()): Buffer {
  const last = [...ring.keys.values()].at(-1)!;
  return Buffer.from(hkdfSync("sha256", last, organisationId, `casebench/${purpose}`, 32));
}

/** HMAC-SHA-256 with a purpose's key. */
export function keyedHash(purpose: string, organisationId: string, text: string): Buffer {
  return createHmac("sha256", deriveKey(purpose, organisationId)).update(text).digest();
}
