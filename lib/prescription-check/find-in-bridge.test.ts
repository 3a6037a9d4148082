import { describe, expect, it } from "vitest";
import { findInBridge } from "./find-in-bridge.ts";

const nothing = { unknown: [], notOrdered: [], acrossJaws: false, gap: [] };

describe("a bridge as the vendor lists it", () => {
  it("is sound when its teeth are ordered neighbours, whatever their order, across the midline as well", () => {
    expect(findInBridge([47, 45, 46], new Set([45, 46, 47]))).toEqual(nothing);
    expect(findInBridge([11, 21], new Set([11, 21]))).toEqual(nothing);
  });

  it("names teeth that nobody ordered", () => {
    expect(findInBridge([45, 46, 47], new Set([45, 47])).notOrdered).toEqual([46]);
  });

  it("names the teeth that it leaps over", () => {
    expect(findInBridge([43, 47], new Set([43, 47])).gap).toEqual([44, 45, 46]);
  });

  it("says when it runs across both jaws", () => {
    expect(findInBridge([17, 47], new Set([17, 47]))).toEqual({ ...nothing, acrossJaws: true });
  });

  it("names numbers that are no tooth", () => {
    expect(findInBridge([45, 99], new Set([45, 99])).unknown).toEqual([99]);
  });
});
