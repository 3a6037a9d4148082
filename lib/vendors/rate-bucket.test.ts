import { expect, test } from "vitest";
import { RateBucket } from "#lib/vendors/rate-bucket.ts";

test("without a documented limit calls go as they come", () => {
  const bucket = new RateBucket();
  for (let i = 0; i < 500; i++) expect(bucket.take(0, 1_000)).toBe(0);
});

test("F12: after a 429 nobody calls before the allowed time", () => {
  const bucket = new RateBucket();
  bucket.take(0, 1_000);
  bucket.refused(0, 5_000, 0);
  expect(bucket.take(10, 3_000)).toBeGreaterThan(3_000);
  expect(bucket.take(4_999, 3_000)).toBeGreaterThan(0);
  expect(bucket.take(5_100, 3_000)).toBe(0);
});

test("without Retry-After the pause doubles with every refusal and is jittered", () => {
  const bucket = new RateBucket();
  expect(bucket.refused(0, null, 0)).toBe(1_000 + RateBucket.MARGIN_MS);
  expect(bucket.refused(10_000, null, 0)).toBe(2_000 + RateBucket.MARGIN_MS);
  expect(bucket.refused(20_000, null, 1)).toBe(6_000 + RateBucket.MARGIN_MS);
});

test("calls after a 429 keep their distance, and success melts it", () => {
  const bucket = new RateBucket();
  for (let now = 0; now < 800; now += 100) bucket.take(now, 1_000);
  bucket.refused(800, 1_000, 0);
  bucket.take(2_000, 1_000);
  expect(bucket.take(2_000, 1_000)).toBe(200);
  for (let i = 0; i < 200; i++) bucket.succeeded();
  bucket.take(10_000, 1_000);
  expect(bucket.take(10_000, 1_000)).toBe(0);
});

test("a documented limit of one call per five seconds is kept", () => {
  const bucket = new RateBucket({ calls: 1, perMs: 5_000 });
  expect(bucket.take(0, 10_000)).toBe(0);
  expect(bucket.take(1_000, 10_000)).toBe(4_000);
});

test("a place that is too far away is not taken", () => {
  const bucket = new RateBucket({ calls: 2, perMs: 60_000 });
  bucket.take(0, 0);
  bucket.take(0, 0);
  for (let i = 0; i < 10; i++) expect(bucket.take(0, 1_000)).toBe(30_000);
});
