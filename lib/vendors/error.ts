/** What went wrong at a vendor, in kinds that the rest of the portal can act on. */
export type VendorErrorKind =
  | "credentials" // refused for good: sign in again
  | "token" // 401: the access token is not (any longer) taken
  | "scope" // 403
  | "subscription" // 403: the account has not paid for it
  | "not_found"
  | "conflict" // 409: already processed, duplicate
  | "invalid" // 400: our request was wrong
  | "rate_limited" // 429
  | "unavailable" // 5xx, refused connection, open breaker
  | "timeout"
  | "bad_content" // an answer that is not what was documented
  | "address_refused" // a signed URL that points where it must not
  | "link_expired"; // a signed URL that is no longer taken: ask the vendor for a new one

/**
 * A failed vendor call. `message` holds our own words: method, path template, status, kind. The vendor's text is never kept,
 * only its hash for comparison.
 */
export class VendorError extends Error {
  override name = "VendorError";
  readonly kind: VendorErrorKind;
  readonly vendor: string;
  readonly status: number | null;
  /** ms to wait, from Retry-After; capped. */
  readonly retryAfterMs: number | null;
  /** True when the request surely had no effect (it never left, or the vendor refused it). False: in doubt. */
  readonly noEffect: boolean;

  constructor(
    kind: VendorErrorKind,
    vendor: string,
    message: string,
    options: { status?: number | null; retryAfterMs?: number | null; noEffect?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.vendor = vendor;
    this.status = options.status ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.noEffect = options.noEffect ?? false;
  }
}
