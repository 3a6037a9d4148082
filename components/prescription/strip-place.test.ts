import { expect, test } from "vitest";
import { stripPlace } from "./strip-place.ts";

test("facing the patient, 18 is at the far left above and 38 at the far right below", () => {
  expect(stripPlace(18)).toEqual({ x: 0, y: 0 });
  expect(stripPlace(28)).toEqual({ x: 90, y: 0 });
  expect(stripPlace(38)).toEqual({ x: 90, y: 8 });
  expect(stripPlace(48)).toEqual({ x: 0, y: 8 });
});

test("a deciduous tooth stands where its follower will", () => {
  expect(stripPlace(55)).toEqual(stripPlace(15));
  expect(stripPlace(81)).toEqual(stripPlace(41));
});
