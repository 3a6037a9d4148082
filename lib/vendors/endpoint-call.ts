import { createHash } from "node:crypto";
import { FormData } from "undici";
import type { z } from "zod";
import { fillPath, type QueryValue, writeQuery } from "#lib/vendors/build-url.ts";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import { VendorError, type VendorErrorKind } from "#lib/vendors/error.ts";
import { parseJsonSafely } from "#lib/vendors/parse-json-safely.ts";
import { readRetryAfter } from "#lib/vendors/read-retry-after.ts";
import { header, type IncomingAnswer } from "#lib/vendors/send-request.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

export type CallInput = {
  params?: Record<string, string | number>;
  query?: Record<string, QueryValue>;
  body?: unknown;
  /** For an endpoint that takes one. */
  file?: UploadedFile;
};

export type UploadedFile = { name: string; type: string; bytes: Blob };

export type Answer<T> = {
  /** Checked by the endpoint's schema. */
  value: T;
  /** As the vendor sent it. */
  raw: unknown;
  status: number;
  /** ms; set when the vendor asked to come back later. */
  retryAfterMs: number | null;
};

export type PreparedCall = ReturnType<typeof prepare>;
/** An answer that is JSON, not yet checked. */
export type ReadAnswer = { raw: unknown; status: number; retryAfterMs: number | null };

/** A call as it goes over the wire. @throws {VendorError} not_found, for an id that is none */
export function prepare(session: VendorSession, endpoint: Endpoint, input: CallInput) {
  const { vendor } = endpoint.dialect;
  const path = fillPath(vendor, endpoint.path, input.params);
  const query = { ...endpoint.dialect.query?.(session), ...endpoint.fixedQuery, ...input.query };
  return {
    vendor,
    endpoint,
    label: `${endpoint.method} ${endpoint.path}`,
    method: endpoint.method,
    url: `${session.baseUrl}${path}${writeQuery(query)}`,
    headers: endpoint.dialect.headers(session, endpoint),
    body: toBody(endpoint, input),
    signal: session.signal,
    report: session.report,
  };
}

function toBody({ upload }: Endpoint, { body, file }: CallInput): string | FormData | undefined {
  if (!upload || !file) return body === undefined ? undefined : JSON.stringify(body);
  const form = new FormData();
  form.set(upload.field, new File([file.bytes], file.name, { type: file.type }));
  return form;
}

/** Status and bytes of an answer, as JSON or as an error of ours. @throws {VendorError} */
export function readAnswer(answer: IncomingAnswer, call: PreparedCall, now: number): ReadAnswer {
  const { status, headers, bytes } = answer;
  const retryAfterMs = readRetryAfter(header(headers, "retry-after"), now);
  if (status >= 200 && status < 300) {
    if (status === 202 || status === 204 || bytes.length === 0) {
      const { standIns, repeat } = call.endpoint;
      // A list that should be there and is not must not pass for an empty one; what was only done needs no words.
      const isDone = status === 200 && repeat !== "read";
      const standIn = standIns?.[status] ?? (isDone ? standIns?.[204] : undefined);
      if (standIn !== undefined) return { raw: standIn, status, retryAfterMs };
    }
    const raw = readJson(answer, call);
    const refused = call.endpoint.dialect.refusal?.(raw);
    if (refused)
      throw new VendorError(refused, call.vendor, `${call.label}: ${status} ${refused}`, { status, noEffect: true });
    return { raw, status, retryAfterMs };
  }
  const kind = call.endpoint.dialect.kindOf?.(status, bytes) ?? generalKind(status);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  throw new VendorError(kind, call.vendor, `${call.label}: ${status} ${kind} (body ${hash})`, {
    status,
    retryAfterMs,
    // A refusal is an answer: the vendor did not do it. A failure of its own may come after the deed.
    noEffect: status >= 400 && status < 500 && status !== 408,
  });
}

function readJson({ headers, bytes, status }: IncomingAnswer, call: PreparedCall): unknown {
  try {
    if (/\b(html|xml)\b/i.test(header(headers, "content-type") ?? "")) throw new Error("a page instead of JSON");
    return (call.endpoint.dialect.parse ?? parseJsonSafely)(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unreadable";
    throw new VendorError("bad_content", call.vendor, `${call.label}: ${status} with ${reason}`, { status });
  }
}

/** The one place where what a vendor sent becomes a value with a type. @throws {VendorError} bad_content */
export function check<R extends z.ZodType>(
  endpoint: Endpoint<R>,
  answer: ReadAnswer,
  call: PreparedCall,
): Answer<z.output<R>> {
  const parsed = endpoint.response.safeParse(answer.raw);
  if (parsed.success) return { ...answer, value: parsed.data };
  const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "(all)").slice(0, 5);
  throw new VendorError("bad_content", call.vendor, `${call.label}: not as documented: ${fields.join(", ")}`, {
    status: answer.status,
  });
}

/** What HTTP's statuses mean when the vendor's document says nothing else. */
function generalKind(status: number): VendorErrorKind {
  if (status === 401) return "token";
  if (status === 403) return "scope";
  if (status === 404 || status === 410) return "not_found";
  if (status === 408) return "timeout";
  if (status === 409) return "conflict";
  if (status === 429) return "rate_limited";
  if (status >= 500) return "unavailable";
  return status >= 400 ? "invalid" : "bad_content";
}
