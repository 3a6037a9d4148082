import { Readable } from "node:stream";
import type { startDeadlines } from "#lib/vendors/deadlines.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { transportError } from "#lib/vendors/send-request.ts";

type Running = ReturnType<typeof startDeadlines>;
/** Which call a body belongs to, for its errors. */
type From = { vendor: string; label: string; signal?: AbortSignal | undefined };

/**
 * A vendor's body as it arrives, with the deadlines of its call.
 * @param limit bytes; a body that goes beyond is cut off with an error
 * @returns fails with a VendorError (bad_content, unavailable, timeout); destroy it to stop
 */
export function passOn(body: Readable, limit: number, from: From, running: Running): Readable {
  return Readable.from(bounded(body, limit, from, running), { objectMode: false, highWaterMark: 256 * 1024 });
}

async function* bounded(body: Readable, limit: number, from: From, running: Running): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit)
        throw new VendorError("bad_content", from.vendor, `${from.label}: more than the ${limit} bytes it may have`);
      yield chunk;
    }
  } catch (error) {
    throw explainBroken(error, from, running.signal);
  } finally {
    running.done();
  }
}

/** Why a transfer ended early: what was found wrong, the caller's own wish, a deadline, or the line. */
export function explainBroken(error: unknown, from: From, deadline: AbortSignal): unknown {
  if (error instanceof VendorError) return error;
  if (from.signal?.aborted) return from.signal.reason;
  return transportError(deadline.aborted ? deadline.reason : error, from.vendor, from.label);
}

/** A header's count of bytes; null where it is none. */
export function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
