import { describe, expect, it } from "vitest";
import {
  DECIDUOUS_TEETH,
  type Fdi,
  isDeciduous,
  isFdi,
  jawOf,
  PERMANENT_TEETH,
  parseTeeth,
  parseTooth,
  printTeeth,
  printTooth,
  teethBetween,
  toothOf,
  universalOf,
} from "./tooth.ts";

const ALL: Fdi[] = [...PERMANENT_TEETH, ...DECIDUOUS_TEETH];

describe("a tooth", () => {
  it("is one of 52, each with a Universal number of its own", () => {
    expect(ALL).toHaveLength(52);
    expect(new Set(ALL.map(universalOf)).size).toBe(52);
    expect(Array.from({ length: 100 }, (_, n) => n).filter(isFdi)).toHaveLength(52);
  });

  it("comes back from both notations", () => {
    for (const tooth of ALL)
      for (const notation of ["fdi", "universal"] as const)
        expect(parseTooth(printTooth(tooth, notation), notation)).toBe(tooth);
  });

  // The corners of the ADA chart (Universal) against ISO 3950.
  it.each([
    [18, "1"],
    [11, "8"],
    [21, "9"],
    [28, "16"],
    [38, "17"],
    [31, "24"],
    [41, "25"],
    [48, "32"],
    [45, "29"],
    [55, "A"],
    [51, "E"],
    [61, "F"],
    [65, "J"],
    [75, "K"],
    [71, "O"],
    [81, "P"],
    [85, "T"],
  ] as const)("%i is Universal %s", (fdi, universal) => {
    expect(universalOf(fdi)).toBe(universal);
  });

  it("is read as people and vendors write it", () => {
    expect(parseTooth("#4.5", "fdi")).toBe(45);
    expect(parseTooth(" 45 ", "fdi")).toBe(45);
    expect(parseTooth("#03", "universal")).toBe(16);
    expect(parseTooth("t", "universal")).toBe(85);
    for (const bad of ["", "0", "19", "49", "56", "86", "91", "1e1", "-11", "11.0", "٤٥"])
      expect(parseTooth(bad, "fdi"), bad).toBeNull();
    for (const bad of ["", "0", "33", "U", "AA", "1.0"]) expect(parseTooth(bad, "universal"), bad).toBeNull();
  });

  it("that does not exist keeps its number and gets no Universal one", () => {
    expect(toothOf(45)).toEqual({ fdi: 45, universal: "29" });
    expect(toothOf(99)).toEqual({ fdi: 99, universal: null });
  });

  it("stands in one jaw", () => {
    expect(ALL.filter((tooth) => jawOf(tooth) === "upper")).toHaveLength(26);
    expect(jawOf(55)).toBe("upper");
    expect(jawOf(85)).toBe("lower");
    expect(ALL.filter(isDeciduous)).toEqual([...DECIDUOUS_TEETH]);
  });
});

describe("a range of teeth", () => {
  it("runs along its arch, across the midline, in either direction", () => {
    expect(teethBetween(13, 23)).toEqual([13, 12, 11, 21, 22, 23]);
    expect(teethBetween(23, 13)).toEqual([23, 22, 21, 11, 12, 13]);
    expect(teethBetween(85, 83)).toEqual([85, 84, 83]);
    expect(teethBetween(28, 38)).toBeNull();
    expect(teethBetween(55, 16)).toBeNull();
  });

  it("is read from and printed in both notations", () => {
    expect(parseTeeth("13-11, 36", "fdi")).toEqual([13, 12, 11, 36]);
    expect(parseTeeth("6–8,19", "universal")).toEqual([13, 12, 11, 36]);
    expect(parseTeeth("13-36", "fdi")).toBeNull();
    expect(parseTeeth("13, 99", "fdi")).toBeNull();
    expect(printTeeth([36, 11, 12, 13], "fdi")).toBe("13–11, 36");
    expect(printTeeth([36, 11, 12, 13], "universal")).toBe("6–8, 19");
    expect(printTeeth([11, 21], "fdi")).toBe("11, 21");
    expect(printTeeth([28, 38], "fdi")).toBe("28, 38");
  });
});
