/** How long each phase of a vendor call may take, in ms. */
export type Deadlines = {
  /** TCP and TLS. */
  connectMs: number;
  /** From sending the request to the last header of the answer. */
  headersMs: number;
  /** Between two pieces of the body. */
  idleMs: number;
  /** The whole exchange. */
  totalMs: number;
};

export const API_DEADLINES: Deadlines = { connectMs: 5_000, headersMs: 15_000, idleMs: 10_000, totalMs: 30_000 };

/**
 * Whoever renews a token does so under a lease (lib/connections/credential-lease.ts). It must have its answer, or have hung up, before the
 * lease can pass to another: a strict server revokes the account when a refresh token comes twice (F01).
 */
export const TOKEN_DEADLINES: Deadlines = { connectMs: 5_000, headersMs: 12_000, idleMs: 5_000, totalMs: 15_000 };

/** Scans are large: as long as bytes keep arriving, a transfer may take ten minutes. */
export const TRANSFER_DEADLINES: Deadlines = {
  connectMs: 5_000,
  headersMs: 20_000,
  idleMs: 20_000,
  totalMs: 600_000,
};

/** The vendor fetches, sends or writes something itself before it answers; Open Dental gives up after 60 s. */
export const SLOW_DEADLINES: Deadlines = { connectMs: 5_000, headersMs: 65_000, idleMs: 10_000, totalMs: 70_000 };

/** A file on its way out: the answer comes only after the last byte of it. */
export const UPLOAD_DEADLINES: Deadlines = { ...TRANSFER_DEADLINES, headersMs: 600_000 };

/** The reason of an abort by one of our own deadlines. */
export class DeadlineExceeded extends Error {
  override name = "DeadlineExceeded";
  readonly phase: "headers" | "total";

  constructor(phase: "headers" | "total") {
    super(`${phase} deadline exceeded`);
    this.phase = phase;
  }
}

/**
 * A signal that aborts at the headers deadline (until `headersCame` is called), at the total deadline, or with the caller.
 * `done` must be called when the exchange ends, else the timers keep the process awake.
 */
export function startDeadlines(
  deadlines: Deadlines,
  caller?: AbortSignal,
): { signal: AbortSignal; headersCame(): void; done(): void } {
  const controller = new AbortController();
  const headers = setTimeout(() => controller.abort(new DeadlineExceeded("headers")), deadlines.headersMs);
  const total = setTimeout(() => controller.abort(new DeadlineExceeded("total")), deadlines.totalMs);
  const follow = () => controller.abort(caller?.reason);
  if (caller?.aborted) follow();
  else caller?.addEventListener("abort", follow, { once: true });
  return {
    signal: controller.signal,
    headersCame: () => clearTimeout(headers),
    done() {
      clearTimeout(headers);
      clearTimeout(total);
      caller?.removeEventListener("abort", follow);
    },
  };
}
