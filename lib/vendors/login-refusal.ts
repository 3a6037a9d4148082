import { VendorError, type VendorErrorKind } from "#lib/vendors/error.ts";
import { readRetryAfter } from "#lib/vendors/read-retry-after.ts";
import { header, type IncomingAnswer } from "#lib/vendors/send-request.ts";

/** ms to stay away after a 429 that does not say how long. */
const PAUSE_MS = 60_000;

/**
 * What a login that was not answered with a token means.
 * @param wrongCredentials the vendor's statuses for credentials it does not take
 * @param now ms since 1970, when the answer came
 */
export function loginRefusal(
  vendor: string,
  label: string,
  { status, headers }: IncomingAnswer,
  now: number,
  wrongCredentials: readonly number[],
): VendorError {
  const kind = kindOf(status, wrongCredentials);
  const asked = readRetryAfter(header(headers, "retry-after"), now);
  return new VendorError(kind, vendor, `${label}: ${status} ${kind}`, {
    status,
    retryAfterMs: kind === "rate_limited" ? (asked ?? PAUSE_MS) : asked,
    noEffect: status < 500,
  });
}

function kindOf(status: number, wrongCredentials: readonly number[]): VendorErrorKind {
  if (status === 429) return "rate_limited";
  if (status >= 500) return "unavailable";
  return wrongCredentials.includes(status) ? "credentials" : "bad_content";
}
