import type { Readable } from "node:stream";
import { type Dispatcher, request } from "undici";
import { type Deadlines, startDeadlines, TRANSFER_DEADLINES } from "#lib/vendors/deadlines.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { explainBroken, passOn, wholeNumber } from "#lib/vendors/pass-on-body.ts";
import { unpacked } from "#lib/vendors/read-bounded-body.ts";
import { header } from "#lib/vendors/send-request.ts";
import { openStorage, storageRefusal } from "#lib/vendors/storage-transfer.ts";

export type SignedDownload = {
  vendor: string;
  /** Issued by the vendor; used now, never kept or logged. */
  url: string;
  /** The vendor's `signedHosts`. */
  allowedHosts: readonly string[];
  /** Bytes of the whole file; a body that goes beyond is cut off with an error. */
  maxBytes: number;
  signal?: AbortSignal;
  /** Go on from byte `from` of the same version; a storage that cannot sends the whole file again. */
  range?: { from: number; etag: string | null };
  deadlines?: Deadlines;
};

export type OpenDownload = {
  /** Fails with a VendorError; destroy it to stop. */
  body: Readable;
  /** Byte of the file that the body begins with: `range.from`, or 0 when the file comes from its start. */
  startsAt: number;
  /** Bytes of the whole file, when the storage says so. */
  totalBytes: number | null;
  etag: string | null;
};

const LABEL = "GET signed URL";

/**
 * Opens a vendor-issued signed URL. Nothing of the vendor's session is sent along, no redirect is followed, and an error page never
 * becomes a body.
 *
 * @throws {VendorError} address_refused; link_expired: ask the vendor for a new one; not_found; bad_content; unavailable; timeout
 */
export async function downloadSigned(input: SignedDownload): Promise<OpenDownload> {
  const { vendor } = input;
  const { url, dispatcher } = openStorage(vendor, input.url, input.allowedHosts);
  const deadlines = input.deadlines ?? TRANSFER_DEADLINES;
  const running = startDeadlines(deadlines, input.signal);
  const from = { vendor, label: LABEL, signal: input.signal };
  try {
    const answer = await request(url, {
      dispatcher,
      method: "GET",
      headers: rangeHeaders(input.range),
      signal: running.signal,
      headersTimeout: deadlines.headersMs,
      bodyTimeout: deadlines.idleMs,
    });
    running.headersCame();
    const opened = describe(answer, input);
    const body = unpacked(answer.body, packingOf(answer.headers));
    return { ...opened, body: passOn(body, input.maxBytes - opened.startsAt, from, running) };
  } catch (error) {
    running.done();
    throw explainBroken(error, from, running.signal);
  }
}

function rangeHeaders(range: SignedDownload["range"]): Record<string, string> {
  if (!range || range.from === 0) return {};
  // With If-Range a file that changed in between comes whole instead of as a wrong half.
  return { Range: `bytes=${range.from}-`, ...(range.etag ? { "If-Range": range.etag } : {}) };
}

/** A storage or what stands before it may pack a file for the way, asked for or not; "" where nobody did. */
function packingOf(headers: Dispatcher.ResponseData["headers"]): string {
  const encoding = header(headers, "content-encoding")?.trim().toLowerCase() ?? "";
  return encoding === "identity" || encoding === "aws-chunked" ? "" : encoding;
}

/** Reads status and headers of the answer; a refusal's body is thrown away unread. */
function describe(
  answer: Dispatcher.ResponseData,
  { vendor, range, maxBytes }: SignedDownload,
): Omit<OpenDownload, "body"> {
  const { statusCode: status, headers, body } = answer;
  const length = wholeNumber(header(headers, "content-length"));
  const refuse = (error: VendorError) => {
    body.on("error", () => {}).destroy();
    throw error;
  };
  if (status !== 200 && status !== 206) return refuse(storageRefusal(vendor, LABEL, status));
  if (/\b(html|xml)\b/i.test(header(headers, "content-type") ?? ""))
    return refuse(
      new VendorError("bad_content", vendor, `${LABEL}: ${status} with a page instead of a file`, { status }),
    );
  const isPacked = packingOf(headers) !== "";
  if (status === 206 && isPacked)
    return refuse(new VendorError("bad_content", vendor, `${LABEL}: a range of something packed`, { status }));
  const part = status === 206 ? /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header(headers, "content-range") ?? "") : null;
  if (status === 206 && Number(part?.[1]) !== range?.from)
    return refuse(new VendorError("bad_content", vendor, `${LABEL}: not the range that was asked for`, { status }));
  const totalBytes = part ? wholeNumber(part[2]) : isPacked ? null : length;
  if ((totalBytes ?? 0) > maxBytes)
    return refuse(new VendorError("bad_content", vendor, `${LABEL}: larger than ${maxBytes} bytes`, { status }));
  return { startsAt: part ? Number(part[1]) : 0, totalBytes, etag: header(headers, "etag") ?? null };
}
