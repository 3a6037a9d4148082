import type { DecodeRequest } from "./decode-messages.ts";
import { casePreviewUrl } from "./fetch-preview.ts";

/** A used worker has grown: when nobody needs it any more, it is exchanged for a fresh one (ms). */
const REST_MS = 1_500;

/** Started before it is needed: a worker takes longer to start than a first picture to arrive and be decoded. */
let spare: Worker | null = null;
/** The spare one holds pictures for an order that is opened next. */
let isExpectant = false;

export function warmDecoder(): void {
  spare ??= startSpare();
}

/** A worker that decodes previews (decode-messages.ts), for {@link returnDecoder} to get back. */
export function takeDecoder(): Worker {
  const taken = spare ?? startDecoder();
  spare = null;
  isExpectant = false;
  return taken;
}

/** @param isGood false where it failed: another one starts in its place */
export function returnDecoder(worker: Worker, isGood: boolean): void {
  if (spare || !isGood) {
    worker.terminate();
    return;
  }
  spare = worker;
  setTimeout(() => {
    if (spare !== worker || isExpectant) return;
    worker.terminate();
    spare = startSpare();
  }, REST_MS);
}

/** Has the first pictures of an order brought here, which somebody is opening now. */
export function beginPictures(orderId: string): void {
  spare ??= startDecoder();
  isExpectant = true;
  ask(spare, { kind: "begin", url: casePreviewUrl(orderId) });
}

function startSpare(): Worker {
  const worker = startDecoder();
  ask(worker, { kind: "warm" });
  return worker;
}

function ask(worker: Worker, request: DecodeRequest): void {
  worker.postMessage(request);
}

function startDecoder(): Worker {
  return new Worker(new URL("./decode-preview.worker.ts", import.meta.url), { type: "module" });
}
