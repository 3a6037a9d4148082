/** A call's credentials and surroundings, fresh from lib/connections/with-session.ts. */
export type VendorSession = {
  /** For rate buckets and the breaker: one per vendor account. */
  connectionId: string;
  organisationId: string;
  baseUrl: string;
  accessToken: string;
  groupKey: string | null;
  region: string;
  /** Where the account's clocks are, when that is not where the organisation is. */
  timeZone?: string | null;
  signal?: AbortSignal;
  /** Waits for the credential's turn among all processes, for vendors that count calls per key; absent where none does. */
  inTurn?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Counts a call among all processes, for vendors with so many calls per hour. @returns ms to wait; 0: it is counted and may be made */
  spend?: (what: Spending) => Promise<number>;
  /** Epoch ms before which nobody may call: what the vendor told another process. */
  pausedUntil?: number | null;
  /** Another process has found the vendor failing and looks again then, epoch ms. */
  failingUntil?: number | null;
  /** Told how each exchange ended. Awaited after a 429: other processes know of the pause before anybody goes on. */
  report?: (exchange: ExchangeReport) => void | Promise<void>;
};

/** Uploads are calls that have a limit of their own beside it. */
export type Spending = "call" | "upload";

/** One exchange with a vendor, for the connection's health. */
export type ExchangeReport = {
  /** "failed": the vendor is at fault. A refusal of what was asked is an answer. */
  outcome: "answered" | "failed" | "rate_limited";
  /** ms that nobody may call from now on; 0 without a pause. */
  pausedForMs: number;
  /** The breaker after it; `nextTryAt` is epoch ms. */
  breaker: { state: "closed" | "open" | "half_open"; nextTryAt: number | null };
};
