import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { downloadSigned } from "#lib/vendors/download-signed.ts";
import { VendorError } from "#lib/vendors/error.ts";
import type { Digests } from "./matches-hash.ts";

export type DownloadedFile = Digests & { path: string; bytes: number };

/** The largest file taken from a vendor, bytes. */
const MOST_BYTES = 2 * 1024 ** 3;
/** A broken transfer goes on where it stopped, at the same address, until so many in a row brought it no further. */
const MOST_RESUMES = 3;
/** "Further" is a twentieth of the file, or so many bytes. */
const STEP_BYTES = 1024 ** 2;

/**
 * Downloads a signed URL into `folder`, under a name of ours. A transfer that breaks goes on where it stopped, where the storage
 * can; else it starts anew.
 * @throws {VendorError} link_expired: ask the vendor for a new address; bad_content for a body of another length than announced
 */
export async function downloadLocated(
  source: { vendor: string; url: string; allowedHosts: readonly string[]; signal?: AbortSignal },
  folder: string,
): Promise<DownloadedFile> {
  const path = join(folder, "download.part");
  let file = startFile(path);
  let etag: string | null = null;
  let [farthest, step] = [0, STEP_BYTES];
  try {
    for (let resumes = 0; ; resumes++) {
      try {
        const range = file.bytes > 0 ? { from: file.bytes, etag } : undefined;
        const opened = await downloadSigned({ ...source, maxBytes: MOST_BYTES, range });
        if (opened.startsAt === 0 && file.bytes > 0) {
          await endFile(file);
          file = startFile(path);
        }
        etag = opened.etag;
        if (opened.totalBytes !== null) step = Math.min(STEP_BYTES, Math.max(1, opened.totalBytes / 20));
        await append(file, opened.body);
        if (opened.totalBytes !== null && file.bytes !== opened.totalBytes)
          throw new VendorError("unavailable", source.vendor, "GET signed URL: ended early");
        return { path, bytes: file.bytes, md5: file.md5.digest("hex"), sha256: file.sha256.digest("hex") };
      } catch (error) {
        const broken = error instanceof VendorError && (error.kind === "unavailable" || error.kind === "timeout");
        if (broken && file.bytes >= farthest + step) [farthest, resumes] = [file.bytes, 0];
        if (!broken || resumes >= MOST_RESUMES) throw error;
      }
    }
  } finally {
    await endFile(file);
  }
}

type OpenFile = {
  stream: ReturnType<typeof createWriteStream>;
  bytes: number;
  md5: ReturnType<typeof createHash>;
  sha256: ReturnType<typeof createHash>;
};

function startFile(path: string): OpenFile {
  const stream = createWriteStream(path, { flags: "w", mode: 0o600 });
  stream.on("error", () => {}); // each write tells its own failure
  return { stream, bytes: 0, md5: createHash("md5"), sha256: createHash("sha256") };
}

async function append(file: OpenFile, body: Readable): Promise<void> {
  for await (const chunk of body as AsyncIterable<Buffer>) {
    await new Promise<void>((resolve, reject) => {
      file.stream.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
    file.md5.update(chunk);
    file.sha256.update(chunk);
    file.bytes += chunk.length;
  }
}

async function endFile(file: OpenFile): Promise<void> {
  if (file.stream.closed) return;
  file.stream.end();
  await finished(file.stream).catch(() => {});
}
