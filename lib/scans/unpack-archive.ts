import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type ArchiveEntry, type ArchiveLimits, listArchive } from "./list-archive.ts";
import { type Digests, matchesHash } from "./matches-hash.ts";
import { type ProcessLimits, runSevenZip } from "./run-seven-zip.ts";
import { ScanError } from "./scan-error.ts";

/** A file that the vendor says the archive holds (MeditLink: `items[]` of a file's download). */
export interface ManifestItem {
  name: string;
  bytes: number;
  /** MD5 or SHA-256, hex or base64; null where the vendor gives none. */
  hash: string | null;
}

export interface UnpackedFile extends Digests {
  /** The manifest's name: for people only, never a path. */
  name: string;
  /** Where the bytes are, under a name of ours. The caller moves or removes it. */
  path: string;
  bytes: number;
}

export interface UnpackOptions {
  /** An existing folder for the files; must be on the same disk as where they go later. */
  directory: string;
  archiveLimits?: ArchiveLimits;
  processLimits?: ProcessLimits;
  signal?: AbortSignal;
}

/**
 * Unpacks exactly what the manifest names, verified: each entry comes through a pipe from a limited 7-Zip process into
 * a file whose name we choose. An archive with anything else in it is refused whole; after an error no file is left.
 * @throws ScanError
 */
export async function unpackArchive(
  archivePath: string,
  manifest: ManifestItem[],
  options: UnpackOptions,
): Promise<UnpackedFile[]> {
  const { archiveLimits: limits, signal } = options;
  const entries = await listArchive(archivePath, { limits, signal });
  const pairs = pairWithManifest(entries, manifest);
  const unpacked: UnpackedFile[] = [];
  try {
    for (const [entry, item] of pairs) unpacked.push(await unpackEntry(archivePath, entry, item, options));
    return unpacked;
  } catch (error) {
    await Promise.all(unpacked.map(({ path }) => rm(path, { force: true })));
    throw error;
  }
}

/** Each manifest item with its entry. Names are compared in one Unicode form: macOS stores the other one. */
function pairWithManifest(entries: ArchiveEntry[], manifest: ManifestItem[]): [ArchiveEntry, ManifestItem][] {
  const byName = new Map(entries.map((entry) => [entry.name.normalize("NFC"), entry]));
  const pairs = manifest.map((item): [ArchiveEntry, ManifestItem] => {
    const entry = byName.get(item.name.normalize("NFC"));
    if (!entry) throw new ScanError("entry_missing", "The archive lacks a file that the vendor's manifest names.");
    if (entry.bytes !== item.bytes) {
      throw new ScanError("size_mismatch", `An entry has ${entry.bytes} bytes; the manifest says ${item.bytes}.`);
    }
    return [entry, item];
  });
  if (new Set(pairs.map(([entry]) => entry)).size !== entries.length || pairs.length !== entries.length) {
    throw new ScanError("archive_refused", "The archive holds a file that the vendor's manifest does not name.");
  }
  return pairs;
}

async function unpackEntry(
  archivePath: string,
  entry: ArchiveEntry,
  item: ManifestItem,
  { directory, processLimits: limits, signal }: UnpackOptions,
): Promise<UnpackedFile> {
  const path = join(directory, `${randomUUID()}.part`);
  // -so: to the pipe only. -mmt1: first byte at once. -p-: no password. -spd: `*` in a name is an asterisk.
  const args = ["x", "-so", "-t7z", "-mmt1", "-p-", "-spd", "-bsp0", "--", archivePath, entry.name];
  try {
    // 7-Zip's verdict comes before ours: a damaged archive is called that, not a wrong hash.
    const { bytes, ...digests } = await runSevenZip(args, (output) => save(output, path, item.bytes), {
      limits,
      signal,
    });
    if (bytes !== item.bytes) {
      throw new ScanError("size_mismatch", `An entry unpacks to ${bytes} bytes; the manifest says ${item.bytes}.`);
    }
    if (item.hash !== null && !matchesHash(item.hash, digests)) {
      throw new ScanError("hash_mismatch", "A file's content does not have the hash of the vendor's manifest.");
    }
    return { name: item.name, path, bytes, ...digests };
  } catch (error) {
    await rm(path, { force: true });
    if (error instanceof ScanError) throw error;
    throw new ScanError("converter_failed", "The unpacked file could not be written.", { cause: error });
  }
}

/** Writes what comes to `path`, at most `limit` bytes, and computes its digests on the way. */
async function save(output: Readable, path: string, limit: number): Promise<Digests & { bytes: number }> {
  const md5 = createHash("md5");
  const sha256 = createHash("sha256");
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) {
        done(new ScanError("size_mismatch", `An entry unpacks to more than the manifest's ${limit} bytes.`));
        return;
      }
      md5.update(chunk);
      sha256.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(output, meter, createWriteStream(path, { flags: "wx", mode: 0o600 }));
  return { md5: md5.digest("hex"), sha256: sha256.digest("hex"), bytes };
}
