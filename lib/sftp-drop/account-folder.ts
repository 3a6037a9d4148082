import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The most files of one account, and bytes of one of them. */
const MOST_FILES = 300;
export const MOST_BYTES = 200 * 1024 * 1024;

/** How often is looked for a file that is to come, ms. */
const LOOK_EVERY_MS = 250;

export class FolderFull extends Error {
  override name = "FolderFull";
}

/**
 * The files of one drop account. A path of the client is never a path on our disk: a file lies under the hash of the path it
 * was given, in one flat folder, so that nothing a client writes can lead out of it, and no name of a patient is on the disk.
 */
export class AccountFolder {
  readonly #folder: string;

  /** @param root of all accounts, absolute @param accountId a uuid */
  constructor(root: string, accountId: string) {
    this.#folder = join(root, "accounts", accountId);
  }

  async make(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
  }

  async write(path: string, bytes: Buffer): Promise<void> {
    const file = await this.openToWrite(path);
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
  }

  /** @returns null when there is no such file */
  async read(path: string): Promise<Buffer | null> {
    const file = await this.openToRead(path);
    if (!file) return null;
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  }

  /**
   * A file that an office says it has sent: it is there when the answer is, or comes a few seconds after it.
   * @param until ms of `performance.now()`
   * @returns null when it has not come by then
   */
  async readArriving(path: string, until: number): Promise<Buffer | null> {
    let size = await this.size(path);
    if (size) return this.read(path);
    while (performance.now() < until) {
      await sleep(LOOK_EVERY_MS);
      const before = size;
      size = await this.size(path);
      if (size && size === before) break;
    }
    return size ? this.read(path) : null;
  }

  async openToRead(path: string): Promise<FileHandle | null> {
    return open(this.#place(path), constants.O_RDONLY | constants.O_NOFOLLOW).catch(absent);
  }

  /** A file of that name is replaced. @throws {FolderFull} */
  async openToWrite(path: string): Promise<FileHandle> {
    if ((await readdir(this.#folder)).length >= MOST_FILES) throw new FolderFull();
    const { O_RDWR, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
    return open(this.#place(path), O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
  }

  /** @returns bytes, or null when there is no such file */
  async size(path: string): Promise<number | null> {
    const found = await stat(this.#place(path)).catch(absent);
    return found?.size ?? null;
  }

  async rename(from: string, to: string): Promise<boolean> {
    const done = await rename(this.#place(from), this.#place(to)).then(() => true, absent);
    return done !== null;
  }

  async remove(path: string): Promise<void> {
    await rm(this.#place(path), { force: true });
  }

  async removeAll(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #place(path: string): string {
    return join(this.#folder, createHash("sha256").update(normalPath(path)).digest("hex"));
  }
}

/** One spelling per path: "a//b/./c" and "/a/b/c" are the same. ".." stays where it stands: it is nothing but a name here. */
export function normalPath(path: string): string {
  return `/${path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/")}`;
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
