import { expect, it } from "vitest";
import { mailHour } from "./mail-hour.ts";

it.each([
  ["2026-11-22T05:59:00Z", "Europe/Berlin", "2026-11-22", false],
  ["2026-11-22T06:00:00Z", "Europe/Berlin", "2026-11-22", true],
  ["2026-11-22T23:30:00Z", "Europe/Berlin", "2026-11-23", false],
  ["2026-11-22T02:00:00Z", "America/New_York", "2026-11-21", true],
  ["2026-06-22T05:00:00Z", "Europe/Berlin", "2026-06-22", true],
])("at %s it is, in %s, the %s; the morning mail may leave: %s", (now, zone, day, hasCome) => {
  expect(mailHour(new Date(now), zone)).toEqual({ day: new Date(`${day}T00:00:00Z`), hasCome });
});
