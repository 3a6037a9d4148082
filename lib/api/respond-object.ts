import { Readable } from "node:stream";
import { AppError } from "#lib/errors.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";

export type ObjectAnswer = {
  sha256: string;
  /** The same content as gzip, for clients that ask for `application/gzip`. */
  gzipSha256?: string | null;
  type: string;
  /** "private, no-store" unless the address always gives the same bytes. */
  cacheControl?: string;
  /** Content-Disposition; absent for none. */
  disposition?: string;
};

/**
 * Answers with an object of the store: conditional (If-None-Match), in parts (Range, RFC 9110 §14), gzipped where it is stored
 * so and the client asks for that type. Parts are of the plain bytes.
 *
 * The gzip is a type of its own and no Content-Encoding, because Next takes that header off every route handler's answer
 * (next/dist/server/send-response.js, 16.4): a client would get packed bytes without being told.
 * @throws {AppError} file_not_available, range_not_satisfiable
 */
export async function respondObject(request: Request, answer: ObjectAnswer): Promise<Response> {
  const rangeText = request.headers.get("range");
  const gzip = !rangeText && answer.gzipSha256 && wantsGzip(request) ? answer.gzipSha256 : null;
  const etag = `"${answer.sha256}${gzip ? "-gzip" : ""}"`;
  const headers = new Headers({
    etag,
    "cache-control": answer.cacheControl ?? "private, no-store",
    "accept-ranges": "bytes",
    ...(answer.gzipSha256 ? { vary: "accept" } : {}),
  });
  if (matchesTag(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  const stored = await objectStore().stat(gzip ?? answer.sha256);
  if (!stored) throw new AppError("file_not_available", "object missing from the store");
  headers.set("content-type", gzip ? "application/gzip" : answer.type);
  if (answer.disposition) headers.set("content-disposition", answer.disposition);
  const range = rangeText && isCurrent(request, etag) ? parseRange(rangeText, stored.bytes) : null;
  if (range) headers.set("content-range", `bytes ${range.start}-${range.end}/${stored.bytes}`);
  headers.set("content-length", String(range ? range.end - range.start + 1 : stored.bytes));
  if (request.method === "HEAD") return new Response(null, { headers });
  const stream = await objectStore().open(stored.sha256, range ?? undefined);
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, { status: range ? 206 : 200, headers });
}

export function wantsGzip(request: Request): boolean {
  return (request.headers.get("accept") ?? "")
    .split(",")
    .some((type) => /^\s*application\/gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(type));
}

export function matchesTag(header: string | null, etag: string): boolean {
  if (!header) return false;
  return header.trim() === "*" || header.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}

/** RFC 9110 §13.1.5: a part only of the version that the client has the other part of. */
function isCurrent(request: Request, etag: string): boolean {
  const ifRange = request.headers.get("if-range");
  return ifRange === null || ifRange.trim() === etag;
}

/**
 * One range. Several ranges or another unit are answered with everything, as the RFC allows.
 * @throws {AppError} range_not_satisfiable
 */
export function parseRange(text: string, bytes: number): { start: number; end: number } | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/i.exec(text.trim()) ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return null;
  const start = from === "" ? Math.max(0, bytes - Number(to)) : Number(from);
  const end = from === "" || to === "" ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (from !== "" && to !== "" && Number(to) < Number(from)) return null;
  if (start >= bytes || start > end) throw new AppError("range_not_satisfiable");
  return { start, end };
}
