import { expect, test } from "vitest";
import { SlowFrames } from "./slow-frames.ts";

function draw(intervals: number[]): boolean {
  const frames = new SlowFrames();
  let now = 0;
  let slow = false;
  for (const interval of [0, ...intervals]) {
    now += interval;
    slow ||= frames.drawn(now);
  }
  return slow;
}

test("a machine that sticks to the hand is slow", () => {
  expect(draw([60, 70, 65, 80, 60, 62])).toBe(true);
});

test("one slow picture among others, or a hand that rests, says nothing", () => {
  expect(draw([16, 90, 16, 16, 90, 16, 17, 90, 16])).toBe(false);
  expect(draw([900, 1200, 700, 900, 800, 900, 1000])).toBe(false);
});
