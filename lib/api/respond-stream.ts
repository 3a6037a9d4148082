import { Readable } from "node:stream";

/** Answers with bytes as they are made; no cache keeps them. Destroys the stream when the client goes away. */
export function respondStream(
  stream: Readable,
  options: { type: string; disposition: string; bytes?: number },
): Response {
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": options.type,
      "content-disposition": options.disposition,
      "cache-control": "private, no-store",
      ...(options.bytes === undefined ? {} : { "content-length": String(options.bytes) }),
    },
  });
}
