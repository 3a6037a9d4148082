import { expect, it } from "vitest";
import { dayIn } from "./day-in.ts";

it("a due date is judged by the day of the reader's own place", () => {
  const lateInBerlin = new Date("2026-03-28T22:30:00Z");
  expect(dayIn(lateInBerlin, "Europe/Berlin")).toBe("2026-03-28");
  expect(dayIn(lateInBerlin, "Asia/Seoul")).toBe("2026-03-29");
});
