import { expect, test } from "vitest";
import { dayBounds } from "./day-bounds.ts";

test.each([
  ["2026-03-10", "Asia/Seoul", "2026-03-09T15:00:00.000Z", "2026-03-10T14:59:59.999Z"],
  ["2026-03-10", "UTC", "2026-03-10T00:00:00.000Z", "2026-03-10T23:59:59.999Z"],
  ["2026-03-10", "Nowhere/Else", "2026-03-10T00:00:00.000Z", "2026-03-10T23:59:59.999Z"],
  // The day the clocks go forward has 23 hours, the one they go back 25.
  ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z", "2026-03-29T21:59:59.999Z"],
  ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z", "2026-10-25T22:59:59.999Z"],
])("%s in %s begins and ends when its people's day does", (day, zone, from, to) => {
  expect(dayBounds(day, zone)).toEqual({ from: new Date(from), to: new Date(to) });
});
