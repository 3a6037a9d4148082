/**
 * Every error code that leaves the portal, with its HTTP status. The sentence for the user stands in the message catalogue
 * under `errors.<code>`; a code without a sentence is a type error in `lib/i18n/error-messages.test.ts`.
 */
export const ERROR_STATUS = {
  bad_request: 400,
  invalid_body: 400,
  invalid_parameter: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  api_key_invalid: 401,
  forbidden: 403,
  cross_origin: 403,
  set_up_token_wrong: 403,
  not_found: 404,
  method_not_allowed: 405,
  order_already_decided: 409,
  decision_in_progress: 409,
  decision_left: 409,
  action_not_available: 409,
  connection_exists: 409,
  other_account: 409,
  reconnect_needed: 409,
  already_set_up: 409,
  e_mail_taken: 409,
  last_admin: 409,
  scan_not_ready: 409,
  file_not_available: 409,
  use_orders_api: 409,
  set_up_expired: 410,
  invitation_expired: 410,
  too_large: 413,
  unsupported_format: 415,
  range_not_satisfiable: 416,
  idempotency_key_reused: 422,
  unreadable_scan: 422,
  // why a scan cannot be shown: ScanErrorCode, and what its fetching adds
  archive_unreadable: 422,
  archive_refused: 422,
  entry_missing: 422,
  size_mismatch: 422,
  hash_mismatch: 422,
  mesh_unreadable: 422,
  timed_out: 503,
  cancelled: 503,
  converter_failed: 503,
  not_converted_yet: 409,
  storage_unavailable: 503,
  weak_password: 422,
  too_many_attempts: 429,
  vendor_rate_limited: 429,
  internal: 500,
  not_here_yet: 501,
  vendor_bad_content: 502,
  vendor_failed: 502,
  vendor_refused: 502,
  vendor_unreachable: 503,
  database_unavailable: 503,
  vendor_timeout: 504,
  // the OAuth callback's problems, shown on /connections?problem=…
  consent_declined: 400,
  oauth_state_wrong: 400,
  oauth_state_used: 400,
  oauth_state_expired: 400,
  oauth_code_expired: 400,
  vendor_credentials_wrong: 422,
  vendor_scope_missing: 403,
  vendor_subscription_needed: 403,
  no_group: 422,
  vendor_not_configured: 409,
  // filing into a chart
  chart_not_matched: 409,
  patient_differs: 409,
  patient_changed: 409,
  undo_too_late: 409,
  filing_in_progress: 409,
  // an order's appointment
  appointment_not_linked: 409,
  appointment_gone: 409,
  appointment_has_document: 409,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERROR_STATUS;
export type InvalidParam = { name: string; reason: string };

/** An error with a code of ours. `message` is for the log and never holds patient data, tokens or vendor text. */
export class AppError extends Error {
  override name = "AppError";
  readonly code: ErrorCode;
  readonly invalidParams: InvalidParam[];
  /** Facts for the sentence's placeholders (`who`, `when`, `seconds`…): shown to the user. */
  readonly facts: Record<string, string | number>;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string = code,
    options: {
      cause?: unknown;
      invalidParams?: InvalidParam[];
      facts?: Record<string, string | number>;
      retryAfter?: number;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.invalidParams = options.invalidParams ?? [];
    this.facts = options.facts ?? {};
    this.retryAfter = options.retryAfter;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}
