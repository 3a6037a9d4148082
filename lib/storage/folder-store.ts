import { copyFile, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline, type Readable } from "node:stream";
import { checkingStream, hashFile, IncomingFolder, syncToDisk } from "./incoming-folder.ts";
import {
  asStorageError,
  type ByteRange,
  isSha256,
  type ListedObject,
  type ObjectStore,
  requireSha256,
  StorageError,
  type StoredObject,
} from "./object-store.ts";

/**
 * Objects as files in a folder, `ab/cd/abcd…`, so that no folder grows too large. A file appears under its name only by
 * a rename, after its content is on disk: readers see all of it or nothing.
 * @param root created when missing; one disk
 */
export class FolderStore implements ObjectStore {
  private readonly root: string;
  private readonly incoming: IncomingFolder;

  constructor(root: string) {
    this.root = root;
    this.incoming = new IncomingFolder(join(root, "incoming"));
  }

  makeWorkFolder(): Promise<string> {
    return this.incoming.makeWorkFolder();
  }

  async putFile(path: string): Promise<StoredObject> {
    const object = await hashFile(path);
    await this.publish(path, object);
    return object;
  }

  async putStream(source: Readable, { limitBytes = Number.POSITIVE_INFINITY } = {}): Promise<StoredObject> {
    const { path, object } = await this.incoming.spool(source, limitBytes);
    await this.publish(path, object);
    return object;
  }

  async open(sha256: string, range?: ByteRange): Promise<Readable> {
    const path = this.pathOf(sha256);
    try {
      const handle = await open(path, "r");
      const file = handle.createReadStream(range ? { start: range.start, end: range.end } : {});
      if (range) return file;
      return pipeline(file, checkingStream(sha256), () => {
        // Whoever reads the result sees the error there.
      });
    } catch (error) {
      throw asStorageError(error, "opening an object");
    }
  }

  async stat(sha256: string): Promise<StoredObject | null> {
    try {
      const { size } = await stat(this.pathOf(sha256));
      return { sha256, bytes: size };
    } catch (error) {
      const problem = asStorageError(error, "looking for an object");
      if (problem.code === "not_found") return null;
      throw problem;
    }
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.stat(sha256)) !== null;
  }

  async remove(sha256: string): Promise<void> {
    try {
      await rm(this.pathOf(sha256), { force: true });
    } catch (error) {
      throw asStorageError(error, "removing an object");
    }
  }

  async *list(): AsyncIterable<ListedObject> {
    for (const first of await namesIn(this.root))
      for (const second of first.length === 2 ? await namesIn(join(this.root, first)) : [])
        for (const sha256 of await namesIn(join(this.root, first, second))) {
          if (!isSha256(sha256)) continue;
          // Gone in the meantime is no error.
          const found = await stat(join(this.root, first, second, sha256)).catch(() => null);
          if (found) yield { sha256, storedAt: found.mtime };
        }
  }

  removeAbandoned(now: number): Promise<number> {
    return this.incoming.removeAbandoned(now);
  }

  private pathOf(sha256: string): string {
    requireSha256(sha256);
    return join(this.root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  /** Content to disk, then the name, then the folder: the order that survives a power cut. Replacing heals a damaged copy. */
  private async publish(path: string, { sha256 }: StoredObject): Promise<void> {
    const target = this.pathOf(sha256);
    const folder = dirname(target);
    try {
      const created = await mkdir(folder, { recursive: true, mode: 0o700 });
      // Its time is when it was stored, however old the file is: what is young is never taken for an orphan.
      await utimes(path, new Date(), new Date());
      await syncToDisk(path);
      await this.move(path, target);
      await syncToDisk(folder);
      // A folder that was just made is only as safe as its entry in the one above.
      if (created) await Promise.all([syncToDisk(dirname(folder)), syncToDisk(this.root)]);
    } catch (error) {
      await rm(path, { force: true });
      const problem = asStorageError(error, "storing an object");
      // The store itself is never "not found".
      throw problem.code === "not_found" ? new StorageError("unavailable", problem.message, { cause: error }) : problem;
    }
  }

  private async move(path: string, target: string): Promise<void> {
    try {
      await rename(path, target);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EXDEV")) throw error;
      // From another disk: copied beside the target first, so that the name still appears at once.
      const copy = await this.incoming.newPath();
      await copyFile(path, copy);
      await syncToDisk(copy);
      await rename(copy, target);
      await rm(path, { force: true });
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const problem = asStorageError(error, "listing objects");
    if (problem.code === "not_found" || (error as NodeJS.ErrnoException).code === "ENOTDIR") return [];
    throw problem;
  }
}
