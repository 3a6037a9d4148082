import { expect, test } from "vitest";
import { parseVendorDate } from "#lib/vendors/parse-vendor-date.ts";

const read = (value: unknown) => {
  const { at, corrected } = parseVendorDate(value);
  return { at: at?.toISOString() ?? null, corrected };
};

test.each([
  ["+52377-10-31T18:06:40Z", "2020-05-29T01:59:10.000Z"],
  ["+51036-03-17T00:56:40Z", "2019-01-25T01:32:13.000Z"],
  ["+51447-12-26T02:16:40Z", "2019-06-24T11:05:25.000Z"],
  ["+51036-03-24T12:23:20Z", "2019-01-25T01:42:59.000Z"],
])("F29: %s of the guide is milliseconds printed as seconds: %s", (text, meant) => {
  const { at, corrected } = read(text);
  expect(at?.slice(0, 19)).toBe(meant.slice(0, 19));
  expect(corrected).toBe(true);
});

test.each([
  ["2021-04-13T05:14:27Z", "2021-04-13T05:14:27.000Z"],
  ["2024-11-27T06:19:17.207Z", "2024-11-27T06:19:17.207Z"],
  ["2021-04-20T15:00:00+09:00", "2021-04-20T06:00:00.000Z"],
  ["2021-04-20T15:00:00-0330", "2021-04-20T18:30:00.000Z"],
  ["2021-04-13 05:14:27", "2021-04-13T05:14:27.000Z"],
  ["2021-12-31T24:00:00Z", "2022-01-01T00:00:00.000Z"],
  ["2026-03-08", "2026-03-08T00:00:00.000Z"],
  [1618290867000, "2021-04-13T05:14:27.000Z"],
  [1618290867, "2021-04-13T05:14:27.000Z"],
  ["1618290867000", "2021-04-13T05:14:27.000Z"],
])("%s is read as it stands", (value, meant) => {
  expect(read(value)).toEqual({ at: meant, corrected: false });
});

test.each([[""], ["  "], [null], [undefined]])("an empty date (%j) is no date and nothing to correct", (value) => {
  expect(read(value)).toEqual({ at: null, corrected: false });
});

test.each([["soon"], ["0000-00-00T00:00:00Z"], ["+999999-01-01T00:00:00Z"], [Number.NaN], [{}], [-5], ["12/31/2024"]])(
  "nonsense (%j) costs the date, is flagged, and never throws",
  (value) => {
    expect(read(value)).toEqual({ at: null, corrected: true });
  },
);

test("a day that the calendar does not have is moved on and flagged", () => {
  expect(read("2021-02-30T12:00:00Z")).toEqual({ at: "2021-03-02T12:00:00.000Z", corrected: true });
});

test("an instant in ms that was multiplied once too often is put right", () => {
  expect(read(1618290867000000)).toEqual({ at: "2021-04-13T05:14:27.000Z", corrected: true });
});

test.each(["9999-12-31T23:59:59-23:59", "9999-99-99T00:00:00Z"])("%s lies beyond all calendars: no date", (text) => {
  expect(read(text)).toEqual({ at: null, corrected: true });
});
