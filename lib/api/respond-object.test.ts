import { describe, expect, it } from "vitest";
import { parseRange } from "./respond-object.ts";

describe("a Range header", () => {
  it.each([
    ["bytes=0-9", { start: 0, end: 9 }],
    ["bytes=90-", { start: 90, end: 99 }],
    ["bytes=-10", { start: 90, end: 99 }],
    ["bytes=-500", { start: 0, end: 99 }],
    ["bytes=95-500", { start: 95, end: 99 }],
    ["bytes=99-99", { start: 99, end: 99 }],
  ])("%s of 100 bytes", (text, range) => {
    expect(parseRange(text, 100)).toEqual(range);
  });

  it("that lies beyond the end cannot be satisfied", () => {
    for (const text of ["bytes=100-", "bytes=100-200", "bytes=-0"])
      expect(() => parseRange(text, 100)).toThrow(expect.objectContaining({ code: "range_not_satisfiable" }));
  });

  it("with several parts, another unit or no sense is answered with everything", () => {
    for (const text of ["bytes=0-1,5-6", "lines=1-2", "bytes=", "bytes=-", "bytes=9-1", "bytes=a-b"])
      expect(parseRange(text, 100)).toBeNull();
  });
});
