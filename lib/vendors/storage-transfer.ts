import { Agent, type Dispatcher } from "undici";
import { env } from "#lib/env.ts";
import { type GuardedUrl, guardedLookup, guardSignedUrl } from "#lib/vendors/address-guard.ts";
import { TRANSFER_DEADLINES } from "#lib/vendors/deadlines.ts";
import { VendorError, type VendorErrorKind } from "#lib/vendors/error.ts";
import { newDispatcher } from "#lib/vendors/send-request.ts";

/** Addresses are checked as they are dialled; hosts the operator named go through the other pool. */
const guarded = new Agent({
  connect: { timeout: TRANSFER_DEADLINES.connectMs, lookup: guardedLookup() },
  headersTimeout: TRANSFER_DEADLINES.headersMs,
  bodyTimeout: TRANSFER_DEADLINES.idleMs,
  connections: 32,
});
const trusted = newDispatcher(TRANSFER_DEADLINES);

/** The storage behind a signed URL, checked. @throws {VendorError} address_refused */
export function openStorage(
  vendor: string,
  url: string,
  allowedHosts: readonly string[],
): { url: GuardedUrl["url"]; dispatcher: Dispatcher } {
  const checked = guardSignedUrl(vendor, url, allowedHosts, env().ALLOWED_DOWNLOAD_HOSTS);
  return { url: checked.url, dispatcher: checked.trusted ? trusted : guarded };
}

/**
 * What a storage's refusal means. S3 answers an expired or altered signature with 403, GCS with 400 or 403; their XML names the
 * bucket and the key and goes nowhere.
 */
export function storageRefusal(vendor: string, label: string, status: number): VendorError {
  const kind: VendorErrorKind =
    status === 400 || status === 401 || status === 403
      ? "link_expired"
      : status === 404 || status === 410
        ? "not_found"
        : status === 408
          ? "timeout"
          : status === 429 || status === 503
            ? "rate_limited"
            : status >= 500
              ? "unavailable"
              : "bad_content";
  const retryAfterMs = kind === "rate_limited" ? 5_000 : null;
  return new VendorError(kind, vendor, `${label}: ${status} ${kind}`, { status, retryAfterMs, noEffect: status < 500 });
}
