import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { toAppError } from "#lib/api/problem.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log/log.ts";
import type { MeshFormat } from "#lib/mesh/mesh.ts";
import type { DownloadFormat } from "#lib/scans/download-scan.ts";
import { exportScan } from "#lib/scans/export-scan.ts";
import { keepAttachment } from "#lib/scans/keep-attachment.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import type { FileOfOrder } from "./outgoing-files.ts";

export type ZipEntry = { name: string; open: () => Promise<Readable> };
/** What of an order goes into a zip, and why the rest does not. */
export type ZipPart = { entries: ZipEntry[]; missing: string[] };

/** Looks at each file of an order: what is here is an entry, what is not is named with its reason. */
export async function collectEntries(
  files: readonly FileOfOrder[],
  names: ReadonlyMap<string, string>,
  format: DownloadFormat,
): Promise<ZipPart> {
  const part: ZipPart = { entries: [], missing: [] };
  for (const file of files) {
    const name = names.get(file.id)!;
    try {
      part.entries.push({ name, open: file.kind === "scan" ? openScan(file, format) : await openAttachment(file) });
    } catch (error) {
      part.missing.push(`${name}: ${toAppError(error).code}`);
    }
  }
  return part;
}

function openScan({ scan }: FileOfOrder, format: DownloadFormat): ZipEntry["open"] {
  if (!scan?.sha256) throw new AppError("scan_not_ready");
  const { sha256 } = scan;
  if (format === "original" || format === scan.format) return () => objectStore().open(sha256);
  const original = { sha256, format: scan.format as MeshFormat | null };
  return async () => (await exportScan(original, format)).stream;
}

async function openAttachment(file: FileOfOrder): Promise<ZipEntry["open"]> {
  const sha256 = await keepAttachment(file);
  return () => objectStore().open(sha256);
}

/** A zip made while it is sent: parts are looked at one after another, entries opened each when the one before it has gone. */
export function zipParts(parts: AsyncIterable<ZipPart> | Iterable<ZipPart>): Readable {
  const file = new ZipFile();
  const output = Readable.from(file.outputStream, { objectMode: false });
  const fail = (error: unknown) => {
    log.warn({ err: error }, "zip broke off");
    output.destroy(new Error("zip broke off", { cause: error }));
  };
  file.on("error", fail);
  void fill(file, parts, fail).catch(fail);
  return output;
}

async function fill(
  file: ZipFile,
  parts: AsyncIterable<ZipPart> | Iterable<ZipPart>,
  fail: (error: unknown) => void,
): Promise<void> {
  const missing: string[] = [];
  for await (const part of parts) {
    missing.push(...part.missing);
    for (const { name, open } of part.entries)
      file.addReadStreamLazy(name, (done) => {
        open().then((stream) => done(null, stream), fail);
      });
  }
  if (missing.length > 0) file.addBuffer(Buffer.from(`${missing.join("\r\n")}\r\n`), "NOT INCLUDED.txt");
  file.end();
}
