import type { Readable } from "node:stream";

/** An object: bytes under the SHA-256 of their content. It never changes. */
export interface StoredObject {
  /** Lower-case hex. */
  sha256: string;
  bytes: number;
}

export type ListedObject = { sha256: string; storedAt: Date };

/** First and last byte, both included, from 0. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Bytes under the hash of their content: putting the same thing twice keeps one copy, and what is read can be checked
 * against its own name. Every method throws StorageError.
 */
export interface ObjectStore {
  /**
   * A fresh local folder for files on their way into the store, so that `putFile` need not copy. Whoever asked removes
   * it; `removeAbandoned` does when the process died.
   */
  makeWorkFolder(): Promise<string>;

  /**
   * Takes a file into the store. The file is gone from its path afterwards: moved, or removed when the store is
   * elsewhere. Nobody sees the object before all of it is safely on disk.
   */
  putFile(path: string): Promise<StoredObject>;

  /**
   * Takes a stream into the store.
   * @throws StorageError `too_large` beyond `limitBytes`; then nothing is kept
   */
  putStream(source: Readable, options?: { limitBytes?: number }): Promise<StoredObject>;

  /**
   * Opens an object, or a range of it. Read as a whole, the content is checked: a damaged object ends the stream with
   * StorageError `corrupt` instead of its end.
   * @throws StorageError `not_found`
   */
  open(sha256: string, range?: ByteRange): Promise<Readable>;

  stat(sha256: string): Promise<StoredObject | null>;

  has(sha256: string): Promise<boolean>;

  /** Does nothing when there is no such object. */
  remove(sha256: string): Promise<void>;

  /** Everything that is kept, in no order, with when it was last stored. */
  list(): AsyncIterable<ListedObject>;

  /**
   * Removes what interrupted writers left behind: anything on its way since before `now` minus ten minutes.
   * @param now ms since 1970
   * @returns how many files and folders were removed
   */
  removeAbandoned(now: number): Promise<number>;
}

export type StorageErrorCode =
  | "not_found"
  /** The content is not what its name says. */
  | "corrupt"
  | "too_large"
  /** The disk is full. */
  | "no_space"
  /** The disk or the server refuses or cannot be reached. */
  | "unavailable";

export class StorageError extends Error {
  override name = "StorageError";
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Guards every path and key made from a hash: nothing else ever becomes one. */
export function requireSha256(sha256: string): string {
  if (!isSha256(sha256)) throw new StorageError("not_found", "That is not the SHA-256 of an object.");
  return sha256;
}

export function isSha256(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

/** Any error as a StorageError; one that already is stays as it is. */
export function asStorageError(error: unknown, doing: string): StorageError {
  if (error instanceof StorageError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return new StorageError("not_found", `Not found while ${doing}.`, { cause: error });
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new StorageError("no_space", `The disk is full while ${doing}.`, { cause: error });
  }
  return new StorageError("unavailable", `Storage failed (${code || "no code"}) while ${doing}.`, { cause: error });
}
