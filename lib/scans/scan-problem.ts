import { toAppError } from "#lib/api/problem.ts";
import type { ErrorCode } from "#lib/errors.ts";
import { StorageError } from "#lib/storage/object-store.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { NotReadyError } from "./fetch-original.ts";
import { ScanError } from "./scan-error.ts";

/** What an error means for a scan: its code, and whether trying again by itself makes sense. */
export type ScanProblem = {
  code: ErrorCode;
  /** "again": after a pause. "parked": once somebody connected the account anew. "final": only when somebody asks. */
  next: "again" | "parked" | "final";
  /** The vendor's wish, ms. */
  retryAfterMs: number;
};

const PASSING_SCAN_ERRORS = new Set(["timed_out", "cancelled", "converter_failed"]);
const PASSING_VENDOR_ERRORS = new Set(["rate_limited", "unavailable", "timeout", "token", "link_expired"]);

export function toScanProblem(error: unknown): ScanProblem {
  if (error instanceof NotReadyError)
    return { code: "not_converted_yet", next: "again", retryAfterMs: error.retryAfterMs };
  if (error instanceof ScanError)
    return { code: error.code, next: PASSING_SCAN_ERRORS.has(error.code) ? "again" : "final", retryAfterMs: 0 };
  if (error instanceof StorageError || isDiskError(error))
    return { code: "storage_unavailable", next: "again", retryAfterMs: 0 };
  if (error instanceof VendorError) {
    const code = error.kind === "not_found" ? "file_not_available" : toAppError(error).code;
    if (error.kind === "credentials") return { code, next: "parked", retryAfterMs: 0 };
    const next = PASSING_VENDOR_ERRORS.has(error.kind) ? "again" : "final";
    return { code, next, retryAfterMs: error.retryAfterMs ?? 0 };
  }
  const { code } = toAppError(error);
  if (code === "reconnect_needed") return { code, next: "parked", retryAfterMs: 0 };
  if (code === "internal" || code === "database_unavailable")
    return { code: isAbort(error) ? "cancelled" : code, next: "again", retryAfterMs: 0 };
  return { code, next: "final", retryAfterMs: 0 };
}

function isDiskError(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(ENOSPC|EDQUOT|EIO|EROFS|EMFILE)$/.test(String(error.code));
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
}
