import { setTimeout as sleepFor } from "node:timers/promises";
import { type BulkheadPolicy, BulkheadRejectedError, bulkhead } from "cockatiel";
import type { Dispatcher } from "undici";
import type { z } from "zod";
import { CircuitBreaker } from "#lib/vendors/circuit-breaker.ts";
import { API_DEADLINES, type Deadlines, SLOW_DEADLINES, UPLOAD_DEADLINES } from "#lib/vendors/deadlines.ts";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import {
  type Answer,
  type CallInput,
  check,
  type PreparedCall,
  prepare,
  type ReadAnswer,
  readAnswer,
} from "#lib/vendors/endpoint-call.ts";
import { VendorError, type VendorErrorKind } from "#lib/vendors/error.ts";
import { type OpenedFile, openAnswer } from "#lib/vendors/open-answer.ts";
import { RateBucket } from "#lib/vendors/rate-bucket.ts";
import { decideRetry, PATIENCE_MS, RetryBudget } from "#lib/vendors/retry-policy.ts";
import { sendRequest } from "#lib/vendors/send-request.ts";
import type { ExchangeReport, VendorSession } from "#lib/vendors/vendor-session.ts";

/** What the calls depend on beyond the vendor: time, chance and the sockets. Tests pass their own. */
export type Surroundings = {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  random(): number;
  deadlines: Deadlines;
  dispatcher?: Dispatcher;
};

/** Calls of one connection under way at once; more wait in line, so that one slow account cannot take all sockets. */
const CALLS_AT_ONCE = 16;
const CALLS_WAITING = 1_000;

/** What is remembered between calls: of a host and organisation the breaker and budget, of a credential the pace and places. */
type Lane = { breaker: CircuitBreaker; budget: RetryBudget; bucket: RateBucket; places: BulkheadPolicy };

/**
 * The one way to call a vendor's API: deadlines, size limits, retries, pace and breaker are decided here, and here alone the
 * vendor's bytes become a checked value.
 */
export function createVendorHttp(given: Partial<Surroundings> = {}) {
  const surroundings: Surroundings = {
    now: Date.now,
    sleep: (ms, signal) => sleepFor(ms, undefined, { signal }),
    random: Math.random,
    deadlines: API_DEADLINES,
    ...given,
  };
  const hosts = new Map<string, Pick<Lane, "breaker" | "budget">>();
  const credentials = new Map<string, Pick<Lane, "bucket" | "places">>();

  function laneOf(session: VendorSession, endpoint: Endpoint): Lane {
    const host = remembered(hosts, hostKey(session.baseUrl, session.organisationId), () => ({
      breaker: new CircuitBreaker(),
      budget: new RetryBudget(),
    }));
    const credential = remembered(credentials, session.connectionId, () => ({
      bucket: new RateBucket(endpoint.dialect.limit),
      places: bulkhead(CALLS_AT_ONCE, CALLS_WAITING),
    }));
    return { ...host, ...credential };
  }

  /**
   * Calls one documented operation.
   *
   * @throws {VendorError} `rate_limited` with `retryAfterMs` when the pause is longer than a few seconds: jobs are then delayed;
   * whatever the signal was aborted with, when the caller gives up
   */
  async function vendorFetch<R extends z.ZodType>(
    session: VendorSession,
    endpoint: Endpoint<R>,
    input: CallInput = {},
  ): Promise<Answer<z.output<R>>> {
    const lane = laneOf(session, endpoint);
    const call = prepare(session, endpoint, input);
    heed(session, lane);
    lane.budget.earn();
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await lane.places.execute(() => callOnce(lane, call, session, () => exchange(call)));
        return check(endpoint, answer, call);
      } catch (error) {
        if (error instanceof BulkheadRejectedError)
          throw new VendorError("unavailable", call.vendor, `${call.label}: too many calls waiting`, {
            noEffect: true,
          });
        if (!(error instanceof VendorError) || error instanceof BreakerOpen) throw error;
        const decision = decideRetry({
          repeat: endpoint.repeat,
          attempt,
          error,
          hasBudget: lane.budget.has,
          random: surroundings.random(),
        });
        if (!decision.retry) throw error;
        lane.budget.spend();
        await surroundings.sleep(decision.waitMs, session.signal);
      }
    }
  }

  /**
   * Opens a file of the vendor's (`endpoint.streams`), which is passed on as it arrives. Asked once: whoever wants it asks again.
   * @param range of HTTP; null for the whole file
   * @throws {VendorError}
   */
  async function vendorStream(
    session: VendorSession,
    endpoint: Endpoint,
    input: CallInput,
    range: string | null,
  ): Promise<OpenedFile> {
    const lane = laneOf(session, endpoint);
    const call = prepare(session, endpoint, input);
    heed(session, lane);
    const open = () => openAnswer(call, surroundings.now(), range, surroundings.dispatcher);
    return await callOnce(lane, call, session, open);
  }

  async function exchange(call: PreparedCall): Promise<ReadAnswer> {
    const { upload, slow } = call.endpoint;
    const deadlines = upload ? UPLOAD_DEADLINES : slow ? SLOW_DEADLINES : surroundings.deadlines;
    const answer = await sendRequest(call, deadlines, surroundings.dispatcher);
    return readAnswer(answer, call, surroundings.now());
  }

  async function callOnce<T>(
    lane: Lane,
    call: PreparedCall,
    { inTurn, spend }: VendorSession,
    work: () => Promise<T>,
  ): Promise<T> {
    const waitMs = lane.bucket.take(surroundings.now(), PATIENCE_MS);
    if (waitMs > PATIENCE_MS) throw limited(call, waitMs);
    if (waitMs > 0) await surroundings.sleep(waitMs, call.signal);
    const pauseMs = lane.breaker.enter(surroundings.now());
    if (pauseMs > 0) throw new BreakerOpen(call, pauseMs);
    const overMs = (await spend?.(call.endpoint.upload ? "upload" : "call")) ?? 0;
    if (overMs > 0) {
      lane.breaker.abandoned();
      throw limited(call, overMs);
    }
    return await (inTurn ? inTurn(() => send(lane, call, work)) : send(lane, call, work));
  }

  async function send<T>(lane: Lane, call: PreparedCall, work: () => Promise<T>): Promise<T> {
    try {
      const read = await work();
      lane.breaker.succeeded();
      lane.bucket.succeeded();
      await report(lane, call, "answered");
      return read;
    } catch (error) {
      if (!(error instanceof VendorError)) {
        lane.breaker.abandoned();
        throw error;
      }
      const isAtFault = VENDOR_AT_FAULT.has(error.kind);
      if (isAtFault) lane.breaker.failed(surroundings.now());
      else lane.breaker.succeeded();
      if (error.kind !== "rate_limited") {
        await report(lane, call, isAtFault ? "failed" : "answered");
        throw error;
      }
      const retryAfterMs = lane.bucket.refused(surroundings.now(), error.retryAfterMs, surroundings.random());
      await report(lane, call, "rate_limited", retryAfterMs);
      throw new VendorError("rate_limited", call.vendor, error.message, { status: 429, retryAfterMs, noEffect: true });
    }
  }

  async function report(lane: Lane, call: PreparedCall, outcome: ExchangeReport["outcome"], pausedForMs = 0) {
    const { state, nextTryAt } = lane.breaker.state(surroundings.now());
    await call.report?.({ outcome, pausedForMs, breaker: { state, nextTryAt } });
  }

  /** For the connection page: how a vendor's host looks from one organisation, and how long a credential must wait. */
  function describeLane(session: Pick<VendorSession, "baseUrl" | "organisationId" | "connectionId">) {
    const now = surroundings.now();
    const breaker = hosts.get(hostKey(session.baseUrl, session.organisationId))?.breaker ?? new CircuitBreaker();
    const pausedUntil = credentials.get(session.connectionId)?.bucket.pausedUntil ?? 0;
    return { breaker: breaker.state(now), pausedUntil: pausedUntil > now ? pausedUntil : null };
  }

  /** What other processes learned: the vendor's pause, and that it has been failing. */
  function heed({ pausedUntil, failingUntil }: VendorSession, lane: Lane): void {
    if (pausedUntil) lane.bucket.pause(pausedUntil);
    if (failingUntil) lane.breaker.openedElsewhere(surroundings.now(), failingUntil);
  }

  return { vendorFetch, vendorStream, describeLane };
}

export const { vendorFetch, vendorStream, describeLane } = createVendorHttp();

/** Not sent: the vendor's limit would be exceeded. */
function limited(call: PreparedCall, retryAfterMs: number): VendorError {
  const message = `${call.label}: waiting for the vendor's limit`;
  return new VendorError("rate_limited", call.vendor, message, { retryAfterMs, noEffect: true });
}

const VENDOR_AT_FAULT: ReadonlySet<VendorErrorKind> = new Set(["unavailable", "timeout", "bad_content"]);

/** Not sent, because the vendor has been failing. Not worth a retry: the breaker knows when. */
class BreakerOpen extends VendorError {
  constructor(call: PreparedCall, pauseMs: number) {
    super("unavailable", call.vendor, `${call.label}: not sent, the vendor has been failing`, {
      retryAfterMs: pauseMs,
      noEffect: true,
    });
  }
}

function hostKey(baseUrl: string, organisationId: string): string {
  return `${organisationId} ${new URL(baseUrl).host}`;
}

function remembered<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known) return known;
  const made = make();
  map.set(key, made);
  return made;
}
