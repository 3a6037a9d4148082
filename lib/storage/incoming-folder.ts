import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { asStorageError, StorageError, type StoredObject } from "./object-store.ts";

/** How long a writer may take before what it left counts as abandoned. */
const ABANDONED_AFTER_MS = 10 * 60 * 1000;

/** The local folder where files lie on their way into a store. Nothing in it is ever read as an object. */
export class IncomingFolder {
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  async makeWorkFolder(): Promise<string> {
    const folder = join(this.path, randomUUID());
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return folder;
    } catch (error) {
      throw asStorageError(error, "making a work folder");
    }
  }

  /** A name of ours for one file. */
  async newPath(): Promise<string> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    return join(this.path, `${randomUUID()}.part`);
  }

  /** Writes a stream to a file of ours. After an error the file is gone. */
  async spool(source: Readable, limitBytes: number): Promise<{ path: string; object: StoredObject }> {
    const path = await this.newPath();
    const meter = hashingMeter(limitBytes);
    try {
      await pipeline(source, meter.stream, createWriteStream(path, { flags: "wx", mode: 0o600 }));
      return { path, object: meter.finish() };
    } catch (error) {
      await rm(path, { force: true });
      throw asStorageError(error, "receiving an object");
    }
  }

  /** Removes files and folders that nobody has touched for ten minutes. */
  async removeAbandoned(now: number): Promise<number> {
    const names = await readdir(this.path).catch(() => []);
    let removed = 0;
    for (const name of names) {
      const path = join(this.path, name);
      if (now - (await lastTouched(path)) < ABANDONED_AFTER_MS) continue;
      await rm(path, { recursive: true, force: true });
      removed++;
    }
    return removed;
  }
}

/** When a file, or the latest file in a folder, was changed; ms since 1970. Gone counts as just now. */
async function lastTouched(path: string): Promise<number> {
  try {
    const { mtimeMs } = await stat(path);
    const inside = await readdir(path).catch(() => []);
    const times = await Promise.all(inside.map((name) => lastTouched(join(path, name))));
    return Math.max(mtimeMs, ...times);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** The hash and size of a file on disk. */
export async function hashFile(path: string): Promise<StoredObject> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    throw asStorageError(error, "reading a file");
  }
  return { sha256: hash.digest("hex"), bytes };
}

/** Makes sure that a file's content, or a folder's list of names, survives a power cut. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Passes bytes on, at most `limitBytes`, and hashes them. */
function hashingMeter(limitBytes: number): { stream: Transform; finish(): StoredObject } {
  const hash = createHash("sha256");
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limitBytes) return done(new StorageError("too_large", `More than ${limitBytes} bytes arrived.`));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { stream, finish: () => ({ sha256: hash.digest("hex"), bytes }) };
}

/** Passes an object's bytes on and fails instead of ending when they are not what `sha256` says. */
export function checkingStream(sha256: string): Transform {
  const hash = createHash("sha256");
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      if (hash.digest("hex") === sha256) done();
      else done(new StorageError("corrupt", `The stored object ${sha256} has other content than its name says.`));
    },
  });
}
