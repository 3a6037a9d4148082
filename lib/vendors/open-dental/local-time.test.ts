import { expect, test } from "vitest";
import { readLocalTime, writeLocalTime } from "#lib/vendors/open-dental/local-time.ts";

const PACIFIC = "America/Los_Angeles";

test.each([
  ["2026-07-01 09:30:00", PACIFIC, "2026-07-01T16:30:00.000Z"],
  ["2026-12-01 09:30:00", PACIFIC, "2026-12-01T17:30:00.000Z"],
  ["2026-12-01", "Europe/Berlin", "2026-11-30T23:00:00.000Z"],
  ["2026-12-01 09:30:00", "Asia/Kolkata", "2026-12-01T04:00:00.000Z"],
  ["1951-11-23 00:00:00", "UTC", "1951-11-23T00:00:00.000Z"],
])("%s in %s is %s", (text, zone, instant) => {
  expect(readLocalTime(text, zone)!.toISOString()).toBe(instant);
});

test("F31: the hour that comes twice is its first one, the hour that is left out is counted as before the change", () => {
  // 1 November 2026, 02:00 → 01:00; 8 March 2026, 02:00 → 03:00 (RFC-free: the zone's own rules)
  expect(readLocalTime("2026-11-01 01:30:00", PACIFIC)!.toISOString()).toBe("2026-11-01T08:30:00.000Z");
  expect(readLocalTime("2026-03-08 02:30:00", PACIFIC)!.toISOString()).toBe("2026-03-08T10:30:00.000Z");
});

test.each(["", "0001-01-01", "0001-01-01 00:00:00", "tomorrow", "2026-13-01 00:00:00", "2026-02-30 00:00:00", null])(
  "%j is no time",
  (text) => {
    expect(readLocalTime(text, PACIFIC)).toBeNull();
  },
);

test("F31: in every zone every half hour of the days around each change of the clocks comes back as it was written", () => {
  const zones = Intl.supportedValuesOf("timeZone").filter((_, index) => index % 7 === 0);
  for (const zone of [...zones, "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"])
    for (const day of ["2026-03-07", "2026-03-28", "2026-04-04", "2026-10-03", "2026-10-24", "2026-10-31"])
      for (let half = 0; half < 96; half++) {
        const at = new Date(Date.parse(`${day}T00:00:00Z`) + half * 1_800_000);
        const text = writeLocalTime(at, zone);
        expect(writeLocalTime(readLocalTime(text, zone)!, zone), `${text} ${zone}`).toBe(text);
      }
});
