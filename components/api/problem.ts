import { ERROR_STATUS, type ErrorCode, type InvalidParam } from "#lib/errors.ts";

/** A refusal of the API as `application/problem+json` carries it, or the lack of any answer ("offline"). */
export class Problem extends Error {
  override name = "Problem";
  readonly code: ErrorCode | "offline";
  /** 0 when no answer came. */
  readonly status: number;
  readonly requestId: string | null;
  readonly invalidParams: InvalidParam[];

  constructor(input: { code: string; status: number; requestId?: string | null; invalidParams?: InvalidParam[] }) {
    super(input.code);
    this.code = toProblemCode(input.code);
    this.status = input.status;
    this.requestId = input.requestId ?? null;
    this.invalidParams = input.invalidParams ?? [];
  }
}

/** A code of ours, or "internal" for one this build of the page does not know. */
export function toProblemCode(code: string): ErrorCode | "offline" {
  return code === "offline" || code in ERROR_STATUS ? (code as ErrorCode | "offline") : "internal";
}
