import { expect, test } from "vitest";
import { VendorError } from "#lib/vendors/error.ts";
import { readRetryAfter } from "#lib/vendors/read-retry-after.ts";
import { backOff, decideRetry, MAX_ATTEMPTS, RetryBudget } from "#lib/vendors/retry-policy.ts";

const failure = (kind: VendorError["kind"], options: ConstructorParameters<typeof VendorError>[3] = {}) =>
  new VendorError(kind, "meditlink", "GET /v1/me", options);
const decide = (error: VendorError, change: Partial<Parameters<typeof decideRetry>[0]> = {}) =>
  decideRetry({ repeat: "read", attempt: 1, error, hasBudget: true, random: 0.5, ...change });

test.each([
  ["a refused connection", failure("unavailable"), "network"],
  ["a 503", failure("unavailable", { status: 503 }), "status"],
  ["a time-out", failure("timeout"), "timeout"],
  ["a 429", failure("rate_limited", { retryAfterMs: 1_000 }), "rate_limited"],
] as const)("a read is sent again after %s", (_, error, reason) => {
  expect(decide(error)).toMatchObject({ retry: true, reason });
});

test.each(["credentials", "token", "scope", "not_found", "conflict", "invalid", "bad_content"] as const)(
  "%s is an answer: nothing is sent again",
  (kind) => expect(decide(failure(kind))).toEqual({ retry: false, reason: "final", waitMs: 0 }),
);

test("a decision is never sent again here, whatever happened to it", () => {
  expect(decide(failure("unavailable"), { repeat: "once" })).toMatchObject({ retry: false, reason: "not_repeatable" });
});

test("the third failure is the caller's", () => {
  expect(decide(failure("timeout"), { attempt: MAX_ATTEMPTS })).toMatchObject({ retry: false, reason: "too_often" });
});

test("a pause of minutes is not slept through: the job is delayed instead", () => {
  const error = failure("rate_limited", { retryAfterMs: 60_000 });
  expect(decide(error)).toMatchObject({ retry: false, reason: "wait_too_long" });
});

test("waits are jittered over their whole length and grow", () => {
  expect([backOff(1, 0), backOff(1, 0.999), backOff(2, 0.999)]).toEqual([0, 400, 799]);
});

test("F10: retries cost at most a fifth of the traffic", () => {
  const budget = new RetryBudget();
  let retries = 0;
  for (let call = 0; call < 1_000; call++) {
    budget.earn();
    while (budget.has) {
      budget.spend();
      retries++;
    }
  }
  expect(retries).toBeLessThanOrEqual(202);
  expect(retries).toBeGreaterThan(190);
});

const NOW = Date.parse("2024-11-27T06:00:00Z");
test.each([
  ["5", 5_000],
  ["0", 1_000],
  ["86400", 900_000],
  ["Wed, 27 Nov 2024 06:00:30 GMT", 30_000],
  ["Wed, 27 Nov 2024 05:00:00 GMT", 1_000],
  ["Wed, 27 Nov 2030 05:00:00 GMT", 900_000],
  ["soon", null],
  ["-5", null],
  ["", null],
  [undefined, null],
])("F12: Retry-After %j means %j ms", (header, ms) => {
  expect(readRetryAfter(header, NOW)).toBe(ms);
});
