import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ArrivedRead, judgeRead, type ShownRead } from "./judge-read.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21) + seconds * 1000);
const row = (updated: number | null, fetched: number, detail: number | null = fetched): ShownRead => ({
  vendorUpdatedAt: updated === null ? null : at(updated),
  fetchedAt: at(fetched),
  detailFetchedAt: detail === null ? null : at(detail),
});
const read = (updated: number | null, started: number, whole = true): ArrivedRead => ({
  updatedAt: updated === null ? null : at(updated),
  fetchStartedAt: at(started),
  whole,
});

describe("a read of the vendor", () => {
  it("is taken when the vendor changed the order since", () => {
    expect(judgeRead(row(10, 20), read(11, 15))).toBe("take");
  });
  it("is left when the vendor's change time lies before the one shown", () => {
    expect(judgeRead(row(10, 20), read(9, 21))).toBe("leave");
    expect(judgeRead(row(10, 20), read(9, 21, false))).toBe("leave");
  });
  it("is judged by its beginning when the change times are equal or unknown", () => {
    expect(judgeRead(row(10, 20), read(10, 21))).toBe("take");
    expect(judgeRead(row(10, 20), read(10, 19))).toBe("leave");
    expect(judgeRead(row(null, 20), read(null, 21))).toBe("take");
    expect(judgeRead(row(10, 20), read(null, 19))).toBe("leave");
  });
  it("is believed when it began long after the one shown, even if the vendor's clock went back", () => {
    expect(judgeRead(row(1000, 1000), read(500, 1000 + 16 * 60))).toBe("take");
  });
  it("is not held off by a change time that lay in the future when it was read", () => {
    const year = 365 * 86_400;
    expect(judgeRead(row(year, 20), read(30, 40))).toBe("take");
    expect(judgeRead(row(30, 40), read(year, 20))).toBe("leave");
  });
  it("fills in the content when only the list entry is here, without its older state", () => {
    expect(judgeRead(row(10, 20, null), read(9, 21))).toBe("fill");
    expect(judgeRead(row(10, 20, null), read(9, 21, false))).toBe("leave");
  });
});

it("F24: whatever the order in which answers arrive, the row ends at the vendor's last version", () => {
  const reads = fc.array(
    fc.record({ begins: fc.integer({ min: 0, max: 600 }), takes: fc.integer({ max: 60, min: 0 }) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(reads, fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 8 }), (given, changes) => {
      const versions = [0, ...changes].sort((a, b) => a - b);
      /** The vendor answers at some moment of the read; its change time has a precision of one second. */
      const answers = given.map(({ begins, takes }) => {
        const served = begins + takes / 2;
        return {
          begins,
          ends: begins + takes,
          updated: versions.findLast((v) => v <= served)!,
        };
      });
      let shown: ShownRead | null = null;
      for (const answer of [...answers].sort((a, b) => a.ends - b.ends)) {
        const arrived = read(answer.updated, answer.begins);
        if (shown && judgeRead(shown, arrived) !== "take") continue;
        shown = row(answer.updated, answer.begins);
      }
      const newest = Math.max(...answers.map((a) => a.updated));
      expect(shown!.vendorUpdatedAt).toEqual(at(newest));
    }),
    { numRuns: 10_000 },
  );
});
