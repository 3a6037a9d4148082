import { env } from "#lib/env.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import { openObjectStore } from "#lib/storage/open-object-store.ts";

let memo: ObjectStore | undefined;

/** The store of this portal's scans and attachments: a folder under DATA_DIR, or what OBJECT_STORE_URL names. */
export function objectStore(): ObjectStore {
  memo ??= openObjectStore(env().OBJECT_STORE_URL, env().DATA_DIR);
  return memo;
}
