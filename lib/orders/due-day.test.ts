import { expect, it } from "vitest";
import { dueDayOf } from "./due-day.ts";

const day = (iso: string, zone = "Europe/Berlin") => dueDayOf(new Date(iso), zone).toISOString().slice(0, 10);

it.each([
  ["midnight in Seoul", "2026-12-01T15:00:00Z", "2026-12-02"],
  ["midnight in Berlin, winter", "2026-12-01T23:00:00Z", "2026-12-02"],
  ["midnight in Berlin, summer", "2026-07-01T22:00:00Z", "2026-07-02"],
  ["midnight in New York", "2026-12-02T05:00:00Z", "2026-12-02"],
  ["midnight in Los Angeles", "2026-12-02T08:00:00Z", "2026-12-02"],
  ["midnight in Delhi", "2026-12-01T18:30:00Z", "2026-12-02"],
  ["midnight in Kathmandu", "2026-12-01T18:15:00Z", "2026-12-02"],
  ["midnight in Auckland, summer", "2026-12-01T11:00:00Z", "2026-12-02"],
  ["midnight in Honolulu", "2026-12-02T10:00:00Z", "2026-12-02"],
  ["midnight in UTC", "2026-12-02T00:00:00Z", "2026-12-02"],
  ["a time of day", "2026-12-01T14:23:10Z", "2026-12-01"],
  ["a time of day after our midnight", "2026-12-01T23:59:59Z", "2026-12-02"],
])("F31: %s is that calendar day", (_, iso, expected) => {
  expect(day(iso)).toBe(expected);
});

it("F31: what is midnight in the organisation's own zone is never read otherwise", () => {
  for (const zone of Intl.supportedValuesOf("timeZone"))
    for (const iso of ["2026-03-29", "2026-10-25", "2027-01-15", "2027-07-15"]) {
      const midnight = midnightIn(zone, iso);
      if (midnight) expect(dueDayOf(midnight, zone).toISOString().slice(0, 10), `${zone} ${iso}`).toBe(iso);
    }
});

it("an unknown zone counts as UTC", () => {
  expect(day("2026-12-01T14:23:10Z", "Mars/Olympus")).toBe("2026-12-01");
});

/** The instant of a zone's midnight, found by asking the platform; null on days without one. */
function midnightIn(zone: string, iso: string): Date | null {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    hourCycle: "h23",
    dateStyle: "short",
    timeStyle: "medium",
  });
  for (let minutes = -15 * 60; minutes <= 13 * 60; minutes += 15) {
    const instant = new Date(Date.parse(`${iso}T00:00:00Z`) + minutes * 60_000);
    if (format.format(instant) === `${iso} 00:00:00`) return instant;
  }
  return null;
}
