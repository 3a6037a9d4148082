import type { Readable } from "node:stream";
import { type Dispatcher, request } from "undici";
import { type Deadlines, startDeadlines, TRANSFER_DEADLINES } from "#lib/vendors/deadlines.ts";
import { type PreparedCall, readAnswer } from "#lib/vendors/endpoint-call.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { explainBroken, passOn, wholeNumber } from "#lib/vendors/pass-on-body.ts";
import { readBoundedBody } from "#lib/vendors/read-bounded-body.ts";
import { header, newDispatcher } from "#lib/vendors/send-request.ts";

/** The largest file that is passed on, bytes: what vendors take is 500 MB. */
const MOST_BYTES = 512 * 1024 * 1024;
/** A refusal is short; more of it is not read, bytes. */
const REFUSAL_BYTES = 64 * 1024;

const fileDispatcher = newDispatcher(TRANSFER_DEADLINES);

/** A vendor's file as it arrives. */
export type OpenedFile = {
  /** Fails with a VendorError; destroy it to stop. */
  body: Readable;
  type: string;
  /** The bytes of the file that the body has, both included; null when it is the whole file. */
  part: { start: number; end: number } | null;
  /** Bytes of the whole file, when the vendor says so. */
  totalBytes: number | null;
};

/**
 * One exchange whose answer is a file (`endpoint.streams`): the head is read, the body is not. A page or JSON in the place of the
 * file is a refusal and never a body.
 * @param range of HTTP, as a browser asks: "bytes=100-"; a vendor that cannot sends the whole file
 * @throws {VendorError}
 */
export async function openAnswer(
  call: PreparedCall,
  now: number,
  range: string | null,
  dispatcher: Dispatcher = fileDispatcher,
  deadlines: Deadlines = TRANSFER_DEADLINES,
): Promise<OpenedFile> {
  const running = startDeadlines(deadlines, call.signal);
  try {
    const answer = await request(call.url, {
      dispatcher,
      method: call.method,
      headers: { ...call.headers, ...(range ? { Range: range } : {}) },
      signal: running.signal,
      headersTimeout: deadlines.headersMs,
      bodyTimeout: deadlines.idleMs,
    });
    running.headersCame();
    const opened = await describe(answer, call, now);
    return { ...opened, body: passOn(answer.body, MOST_BYTES, call, running) };
  } catch (error) {
    running.done();
    throw explainBroken(error, call, running.signal);
  }
}

async function describe(
  { statusCode: status, headers, body }: Dispatcher.ResponseData,
  call: PreparedCall,
  now: number,
): Promise<Omit<OpenedFile, "body">> {
  const type = header(headers, "content-type") ?? "application/octet-stream";
  const isFile = isOfType(type, call.endpoint.streams ?? "");
  if (status > 206 || !isFile) {
    const bytes = await readBoundedBody(body, header(headers, "content-encoding"), REFUSAL_BYTES).catch(() =>
      Buffer.alloc(0),
    );
    readAnswer({ status, headers, bytes }, call, now);
    throw new VendorError("bad_content", call.vendor, `${call.label}: ${status} without the file`, { status });
  }
  const length = wholeNumber(header(headers, "content-length"));
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header(headers, "content-range") ?? "");
  if (status !== 206 || !range) return { type, part: null, totalBytes: length };
  return { type, part: { start: Number(range[1]), end: Number(range[2]) }, totalBytes: wholeNumber(range[3]) };
}

/** "audio/wav" also comes as "audio/x-wav" or "audio/webm": the kind counts. */
function isOfType(type: string, wanted: string): boolean {
  const kind = wanted.split("/")[0] ?? "";
  return type.toLowerCase().startsWith(`${kind}/`) && (kind !== "application" || type.toLowerCase().startsWith(wanted));
}
