import type { IncomingHttpHeaders } from "node:http";
import { Agent, type Dispatcher, type FormData, request } from "undici";
import { API_DEADLINES, DeadlineExceeded, type Deadlines, startDeadlines } from "#lib/vendors/deadlines.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { readBoundedBody, UnreadableBody } from "#lib/vendors/read-bounded-body.ts";

/** What is sent; `label` is what errors may say of it: method and path template, never an id or a query. */
export type OutgoingRequest = {
  vendor: string;
  label: string;
  method: Dispatcher.HttpMethod;
  url: string;
  headers: Record<string, string>;
  body?: string | FormData;
  signal?: AbortSignal;
};

export type IncomingAnswer = { status: number; headers: IncomingHttpHeaders; bytes: Buffer };

/** Error bodies are looked at for a code only; more than this is not read. */
const ERROR_BODY_LIMIT = 64 * 1024;

/**
 * Our own pool: at most 64 sockets per vendor host, whatever happens there. Certificates are always checked.
 * @param authorities certificates (PEM) of those who may vouch for a host instead of the system's own
 */
export function newDispatcher(deadlines: Deadlines, authorities?: string): Agent {
  return new Agent({
    connect: { timeout: deadlines.connectMs, ...(authorities ? { ca: authorities } : {}) },
    headersTimeout: deadlines.headersMs,
    bodyTimeout: deadlines.idleMs,
    connections: 64,
    keepAliveTimeout: 4_000,
  });
}

const apiDispatcher = newDispatcher(API_DEADLINES);

/**
 * One exchange with a vendor's API, whole and bounded: no redirect is followed, no header added.
 *
 * @throws {VendorError} timeout, unavailable, bad_content; any status is returned, not thrown
 */
export async function sendRequest(
  out: OutgoingRequest,
  deadlines: Deadlines = API_DEADLINES,
  dispatcher: Dispatcher = apiDispatcher,
): Promise<IncomingAnswer> {
  const running = startDeadlines(deadlines, out.signal);
  try {
    const { statusCode, headers, body } = await request(out.url, {
      dispatcher,
      method: out.method,
      headers: out.headers,
      body: out.body ?? null,
      signal: running.signal,
      headersTimeout: deadlines.headersMs,
      bodyTimeout: deadlines.idleMs,
    });
    running.headersCame();
    const encoding = header(headers, "content-encoding");
    const bytes =
      statusCode < 400
        ? await readBoundedBody(body, encoding)
        : await readBoundedBody(body, encoding, ERROR_BODY_LIMIT).catch(() => Buffer.alloc(0));
    return { status: statusCode, headers, bytes };
  } catch (error) {
    if (out.signal?.aborted) throw out.signal.reason;
    throw transportError(running.signal.aborted ? running.signal.reason : error, out.vendor, out.label);
  } finally {
    running.done();
  }
}

export function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Failures before a byte of the request left: the vendor surely did nothing. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
  "ADDRESS_REFUSED",
]);
const CERTIFICATE = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
const TIMEOUTS = new Set(["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "ETIMEDOUT"]);
const BAD_CONTENT = /^(HPE_|Z_|ERR__ERROR_|ERR_BROTLI|UND_ERR_HEADERS_OVERFLOW)/;

/**
 * A failure of the transport in our words. The cause keeps the code alone: messages of sockets and parsers can quote addresses
 * and bytes.
 */
export function transportError(error: unknown, vendor: string, label: string): VendorError {
  const code = codeOf(error);
  const cause = new Error(code);
  if (error instanceof DeadlineExceeded)
    return new VendorError("timeout", vendor, `${label}: ${error.message}`, { cause });
  if (error instanceof UnreadableBody)
    return new VendorError("bad_content", vendor, `${label}: ${error.message}`, { cause });
  const noEffect = NEVER_SENT.has(code) || CERTIFICATE.test(code);
  if (code === "ADDRESS_REFUSED")
    return new VendorError("address_refused", vendor, `${label}: address refused`, { noEffect });
  if (TIMEOUTS.has(code)) return new VendorError("timeout", vendor, `${label}: ${code}`, { noEffect, cause });
  if (BAD_CONTENT.test(code)) return new VendorError("bad_content", vendor, `${label}: ${code}`, { cause });
  return new VendorError("unavailable", vendor, `${label}: ${code}`, { noEffect, cause });
}

function codeOf(error: unknown): string {
  if (error instanceof DeadlineExceeded) return `DEADLINE_${error.phase.toUpperCase()}`;
  // A dual-stack host that refuses on every address fails with an AggregateError whose parts have the codes.
  const one = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  const code = one instanceof Error && "code" in one ? String(one.code) : "";
  return /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : "NETWORK_FAILURE";
}
