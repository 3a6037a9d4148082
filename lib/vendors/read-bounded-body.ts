import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

/** The largest API answer taken, in bytes after unpacking (F15). */
export const BODY_LIMIT = 10 * 1024 * 1024;

/** An answer that is larger than it may be, or packed in a way nobody asked for. */
export class UnreadableBody extends Error {
  override name = "UnreadableBody";
}

/**
 * Reads a body up to a size and stops there: what a vendor sends beyond it is never held in memory. A body that comes packed
 * although we do not ask for it is unpacked under the same limit.
 *
 * @throws {UnreadableBody} larger than `limit` bytes, or of an unknown encoding
 */
export async function readBoundedBody(
  body: Readable,
  encoding: string | undefined,
  limit = BODY_LIMIT,
): Promise<Buffer> {
  const stream = unpacked(body, encoding?.trim().toLowerCase() ?? "");
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the stream and with it the connection.
    if (size > limit) throw new UnreadableBody(`body larger than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** A body as it was before somebody packed it for the way. @throws {UnreadableBody} of an unknown encoding */
export function unpacked(body: Readable, encoding: string): Readable {
  if (encoding === "" || encoding === "identity") return body;
  const unpack = UNPACKERS[encoding]?.();
  if (!unpack) {
    body.on("error", () => {}).destroy(); // being cut off is an error of the stream's, which nobody else listens to
    throw new UnreadableBody("unknown content encoding");
  }
  return pipeline(body, unpack, () => {});
}

const UNPACKERS: Record<string, () => ReturnType<typeof createGunzip>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};
