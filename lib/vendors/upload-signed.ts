import { Readable } from "node:stream";
import { request } from "undici";
import { type Deadlines, startDeadlines, TRANSFER_DEADLINES } from "#lib/vendors/deadlines.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { transportError } from "#lib/vendors/send-request.ts";
import { openStorage, storageRefusal } from "#lib/vendors/storage-transfer.ts";

export type SignedUpload = {
  vendor: string;
  /** Issued by the vendor (`FileSource.attach`); used now, never kept or logged. */
  url: string;
  /** The vendor's `signedHosts`. */
  allowedHosts: readonly string[];
  /** Exactly `bytes` long. */
  body: Readable | Buffer;
  bytes: number;
  /** As `attach` gave them: Content-MD5 is part of the signature. */
  headers: Record<string, string>;
  /** Told after each part with what has been taken for sending so far, bytes. */
  onSent?: (bytes: number) => void;
  signal?: AbortSignal;
  deadlines?: Deadlines;
};

const LABEL = "PUT signed URL";

/**
 * Puts a file to a vendor-issued signed URL (MeditLink §3.4.3): the given headers and Content-Length, nothing else.
 *
 * @throws {VendorError} address_refused; link_expired when the storage does not take address or hash: register the file again;
 *   unavailable; timeout
 */
export async function uploadSigned(input: SignedUpload): Promise<void> {
  const { vendor } = input;
  const { url, dispatcher } = openStorage(vendor, input.url, input.allowedHosts);
  const deadlines = input.deadlines ?? TRANSFER_DEADLINES;
  // The answer comes after the last byte: only the whole transfer is timed, and the storage's silence after it.
  const running = startDeadlines({ ...deadlines, headersMs: deadlines.totalMs }, input.signal);
  try {
    const answer = await request(url, {
      dispatcher,
      method: "PUT",
      headers: { ...input.headers, "Content-Length": String(input.bytes) },
      body: counted(input),
      signal: running.signal,
      headersTimeout: deadlines.headersMs,
      bodyTimeout: deadlines.idleMs,
    });
    await answer.body.dump({ limit: 64 * 1024 });
    if (answer.statusCode < 200 || answer.statusCode >= 300) throw storageRefusal(vendor, LABEL, answer.statusCode);
  } catch (error) {
    if (error instanceof VendorError) throw error;
    if (input.signal?.aborted) throw input.signal.reason;
    throw transportError(running.signal.aborted ? running.signal.reason : error, vendor, LABEL);
  } finally {
    running.done();
  }
}

function counted({ body, onSent }: SignedUpload): Readable | Buffer {
  if (!onSent || !(body instanceof Readable)) return body;
  return Readable.from(
    (async function* () {
      let bytes = 0;
      for await (const part of body as AsyncIterable<Buffer>) {
        yield part;
        bytes += part.length;
        onSent(bytes);
      }
    })(),
    { objectMode: false },
  );
}
