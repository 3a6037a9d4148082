import { Readable, Transform } from "node:stream";
import { parseRange } from "#lib/api/respond-object.ts";
import type { OpenedFile } from "#lib/vendors/open-answer.ts";

/**
 * A vendor's file as it arrives; no cache keeps it. Whoever asked for a part gets it, also from a vendor that sends the whole file
 * all the same: what comes before it is thrown away.
 * @throws {AppError} range_not_satisfiable
 */
export function respondVendorFile(request: Request, { body, type, part, totalBytes }: OpenedFile): Response {
  const headers = new Headers({
    "content-type": type,
    "cache-control": "private, no-store",
    "accept-ranges": totalBytes === null ? "none" : "bytes",
    "content-disposition": "inline",
    "x-content-type-options": "nosniff",
  });
  const wanted = part ?? partOf(request, body, totalBytes);
  if (wanted && totalBytes !== null) {
    headers.set("content-range", `bytes ${wanted.start}-${wanted.end}/${totalBytes}`);
    headers.set("content-length", String(wanted.end - wanted.start + 1));
  } else if (totalBytes !== null) headers.set("content-length", String(totalBytes));
  const bytes = wanted && !part ? body.pipe(cut(wanted)) : body;
  if (bytes !== body) body.once("error", (error) => bytes.destroy(error));
  bytes.once("close", () => body.destroy());
  return new Response(Readable.toWeb(bytes) as ReadableStream<Uint8Array>, { status: wanted ? 206 : 200, headers });
}

function partOf(request: Request, body: Readable, totalBytes: number | null) {
  const range = request.headers.get("range");
  if (!range || totalBytes === null) return null;
  try {
    return parseRange(range, totalBytes);
  } catch (error) {
    body.destroy();
    throw error;
  }
}

/** Lets only the bytes of a part through, and ends with the last of them. */
function cut({ start, end }: { start: number; end: number }): Transform {
  let at = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const from = Math.max(0, start - at);
      const to = Math.min(chunk.length, end + 1 - at);
      at += chunk.length;
      if (to > from) this.push(chunk.subarray(from, to));
      if (at > end) this.push(null);
      done();
    },
  });
}
