import { z } from "zod";
import { isDatabaseAway } from "#lib/database/is-database-away.ts";
import { AppError, ERROR_STATUS, type ErrorCode } from "#lib/errors.ts";
import { errorSentence } from "#lib/i18n/error-sentence.ts";
import { VendorError, type VendorErrorKind } from "#lib/vendors/error.ts";

/** The body of every refusal (RFC 9457, `application/problem+json`). */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string(),
  invalidParams: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** Who, when, how long: what the sentence is about, for screens that say it in their own way. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Problem = z.infer<typeof problemSchema>;

const VENDOR_CODES: Record<VendorErrorKind, ErrorCode> = {
  credentials: "reconnect_needed",
  token: "reconnect_needed",
  scope: "vendor_scope_missing",
  subscription: "vendor_subscription_needed",
  not_found: "not_found",
  conflict: "order_already_decided",
  invalid: "vendor_refused",
  rate_limited: "vendor_rate_limited",
  unavailable: "vendor_unreachable",
  timeout: "vendor_timeout",
  bad_content: "vendor_bad_content",
  address_refused: "vendor_bad_content",
  link_expired: "vendor_refused",
};

/** Whatever was thrown, as an error of ours. Unknown errors become "internal": their text stays inside. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof VendorError)
    return new AppError(VENDOR_CODES[error.kind], error.message, {
      cause: error,
      ...(error.retryAfterMs === null ? {} : { retryAfter: Math.ceil(error.retryAfterMs / 1000) }),
    });
  if (isDatabaseAway(error))
    return new AppError("database_unavailable", "database away", { cause: error, retryAfter: 2 });
  return new AppError("internal", "unexpected error", { cause: error });
}

/** The answer to a refused request. */
export function respondProblem(error: AppError, requestId: string, locale: string): Response {
  const status = ERROR_STATUS[error.code];
  const body: Problem = {
    type: `urn:casebench:problem:${error.code}`,
    title: error.code,
    status,
    code: error.code,
    detail: errorSentence(error.code, error.facts, locale),
    requestId,
    invalidParams: error.invalidParams,
    facts: error.facts,
  };
  const headers: Record<string, string> = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-request-id": requestId,
  };
  if (error.retryAfter !== undefined) headers["retry-after"] = String(error.retryAfter);
  return new Response(JSON.stringify(body), { status, headers });
}
