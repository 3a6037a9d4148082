import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { ensureSecrets } from "#lib/crypto/ensure-secrets.ts";
import { env } from "#lib/env.ts";

/** Keys as the runtime holds them: made once, not for every value that is sealed. */
export type Keyring = { first: string; keys: Map<string, KeyObject> };

let memo: Keyring | undefined;

/** The sealing keys: from SEALING_KEYS, else the ones kept under DATA_DIR. The first one seals, all of them open. */
export function keyring(): Keyring {
  memo ??= parseKeyring(env().SEALING_KEYS ?? ensureSecrets(env().DATA_DIR).sealingKeys);
  return memo;
}

/** @param text `id:base64,id:base64` @throws {Error} when a key is not 32 bytes */
export function parseKeyring(text: string): Keyring {
  const keys = new Map<string, KeyObject>();
  for (const part of text.split(",")) {
    const [id = "", base64 = ""] = part.split(/:(.*)/s);
    const key = Buffer.from(base64, "base64");
    if (!id || key.length !== 32) throw new Error("SEALING_KEYS: each key is id:base64 of 32 bytes.");
    keys.set(id, createSecretKey(key));
  }
  const first = keys.keys().next().value;
  if (!first) throw new Error("SEALING_KEYS holds no key.");
  return { first, keys };
}

const derived = new WeakMap<Keyring, Map<string, KeyObject>>();
const MOST_DERIVED = 10_000;

/** A key of its own for one purpose and organisation (HKDF, RFC 5869), from the last key so that adding a newer one keeps it. */
export function deriveKey(purpose: string, organisationId: string, ring: Keyring = keyring()): KeyObject {
  let known = derived.get(ring);
  if (!known || known.size >= MOST_DERIVED) {
    known = new Map();
    derived.set(ring, known);
  }
  const name = `${purpose} ${organisationId}`;
  const kept = known.get(name);
  if (kept) return kept;
  const last = [...ring.keys.values()].at(-1)!;
  const key = createSecretKey(Buffer.from(hkdfSync("sha256", last, organisationId, `casebench/${purpose}`, 32)));
  known.set(name, key);
  return key;
}

/** HMAC-SHA-256 with a purpose's key. */
export function keyedHash(purpose: string, organisationId: string, text: string): Buffer {
  return createHmac("sha256", deriveKey(purpose, organisationId)).update(text).digest();
}
