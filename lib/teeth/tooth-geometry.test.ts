import { describe, expect, it } from "vitest";
import { jawOf } from "#lib/teeth/tooth.ts";
import { CHART_WIDTH, chartSize, placeTeeth } from "./tooth-geometry.ts";

const rowOf = (jaw: "upper" | "lower", deciduous: boolean) =>
  placeTeeth(true)
    .filter(({ fdi }) => jawOf(fdi) === jaw && fdi > 50 === deciduous)
    .sort((a, b) => a.x - b.x);

describe("the tooth chart", () => {
  it("shows the patient's right on the left, quadrants in order", () => {
    expect(rowOf("upper", false).map((tooth) => tooth.fdi)).toEqual([
      18, 17, 16, 15, 14, 13, 12, 11, 21, 22, 23, 24, 25, 26, 27, 28,
    ]);
    expect(rowOf("lower", false).map((tooth) => tooth.fdi)).toEqual([
      48, 47, 46, 45, 44, 43, 42, 41, 31, 32, 33, 34, 35, 36, 37, 38,
    ]);
    expect(rowOf("upper", true).map((tooth) => tooth.fdi)).toEqual([55, 54, 53, 52, 51, 61, 62, 63, 64, 65]);
    expect(rowOf("lower", true).map((tooth) => tooth.fdi)).toEqual([85, 84, 83, 82, 81, 71, 72, 73, 74, 75]);
  });

  it("has no two teeth in one place and none outside", () => {
    for (const jaw of ["upper", "lower"] as const)
      for (const deciduous of [true, false]) {
        const row = rowOf(jaw, deciduous);
        for (const [i, tooth] of row.entries()) {
          const right = tooth.x + tooth.width / 2;
          expect(right).toBeLessThanOrEqual((row[i + 1]?.x ?? CHART_WIDTH) - (row[i + 1]?.width ?? 0) / 2);
          expect(tooth.x - tooth.width / 2).toBeGreaterThanOrEqual(0);
        }
      }
  });

  it("keeps roots inside the picture, with and without milk teeth", () => {
    for (const withDeciduous of [true, false]) {
      const { height } = chartSize(withDeciduous);
      for (const tooth of placeTeeth(withDeciduous)) {
        const tip = tooth.flip ? tooth.neck + tooth.root : tooth.neck - tooth.root;
        expect(tip).toBeGreaterThan(0);
        expect(tip).toBeLessThan(height);
      }
    }
  });
});
