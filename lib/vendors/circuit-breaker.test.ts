import { expect, test } from "vitest";
import { CircuitBreaker } from "#lib/vendors/circuit-breaker.ts";

function opened(): CircuitBreaker {
  const breaker = new CircuitBreaker();
  for (let i = 0; i < CircuitBreaker.FAILURES; i++) breaker.failed(0);
  return breaker;
}

test("four failures in a row change nothing, the fifth keeps calls away", () => {
  const breaker = new CircuitBreaker();
  for (let i = 0; i < 4; i++) breaker.failed(0);
  expect(breaker.enter(0)).toBe(0);
  breaker.failed(0);
  expect(breaker.enter(0)).toBe(CircuitBreaker.FIRST_PAUSE_MS);
});

test("a success in between starts the count again", () => {
  const breaker = new CircuitBreaker();
  for (let i = 0; i < 20; i++) {
    breaker.failed(0);
    breaker.succeeded();
  }
  expect(breaker.state(0)).toEqual({ state: "closed", failures: 0, nextTryAt: null });
});

test("after the pause one call looks while the others wait, and its success opens the way", () => {
  const breaker = opened();
  const later = CircuitBreaker.FIRST_PAUSE_MS;
  expect(breaker.state(later).state).toBe("half_open");
  expect(breaker.enter(later)).toBe(0);
  expect(breaker.enter(later)).toBeGreaterThan(0);
  breaker.succeeded();
  expect(breaker.enter(later)).toBe(0);
});

test("F10: a vendor that stays down is looked at ever more seldom, but twice a minute at least", () => {
  const breaker = opened();
  let now = 0;
  const pauses: number[] = [];
  for (let i = 0; i < 6; i++) {
    const pause = breaker.enter(now);
    pauses.push(pause);
    now += pause;
    breaker.enter(now);
    breaker.failed(now);
  }
  expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test("a look that the caller gave up says nothing: the next one may look", () => {
  const breaker = opened();
  breaker.enter(CircuitBreaker.FIRST_PAUSE_MS);
  breaker.abandoned();
  expect(breaker.enter(CircuitBreaker.FIRST_PAUSE_MS)).toBe(0);
});

test("what another process found keeps calls away here as well, and one look decides when its time has come", () => {
  const breaker = new CircuitBreaker();
  breaker.openedElsewhere(1_000, 5_000);
  expect(breaker.enter(1_000)).toBe(4_000);
  breaker.openedElsewhere(1_000, 900);
  expect(breaker.state(1_000)).toMatchObject({ state: "open", nextTryAt: 5_000 });
  expect(breaker.enter(5_000)).toBe(0);
  expect(breaker.enter(5_000)).toBeGreaterThan(0);
  breaker.succeeded();
  expect(breaker.enter(5_001)).toBe(0);
});
