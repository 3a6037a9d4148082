import type { Principal } from "#lib/access/principal.ts";
import { principalOf } from "#lib/access/principal-of.ts";
import { listen } from "#lib/events/listen.ts";

/** A comment line this often keeps proxies from closing the stream; who may listen is asked again then. */
const BEAT_MS = 4_000;

/**
 * Server-sent events (WHATWG HTML §9.2): `data: {"topic":"order","id":"…"}`, ids only. Ends within seconds when the session was
 * revoked or the member removed.
 */
export function streamEvents(principal: Principal, request: Request): Response {
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      const stopListening = listen(principal.organisationId, ({ topic, id }) =>
        write(`data: ${JSON.stringify({ topic, id })}\n\n`),
      );
      const beat = setInterval(() => void checkAgain(), BEAT_MS);
      stop = () => {
        clearInterval(beat);
        stopListening();
        stop = () => {};
      };
      const checkAgain = async () => {
        const now = await principalOf(request.headers).catch(() => principal); // the database being away for a moment revokes nobody
        if (now?.organisationId === principal.organisationId) return write(": beat\n\n");
        stop();
        controller.close();
      };
      request.signal.addEventListener("abort", () => stop());
      write("retry: 2000\n: open\n\n");
    },
    cancel: () => stop(),
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
