import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ContentVerdict, pairTwins, type TwinCandidate } from "./pair-twins.ts";

const CASE = "4f1a7f3c-8a54-4bb6-9d0e-1f2ab34c56d7";
const at = (hours: number) => new Date(Date.UTC(2026, 10, 1, hours));
const direct = (id: string, more: Partial<TwinCandidate> = {}): TwinCandidate => ({
  id,
  connectionId: "c-direct",
  vendor: "direct",
  side: "lab",
  number: id,
  keys: [CASE],
  receivedAt: at(0),
  takesDecisions: true,
  twinOfId: null,
  twinBy: null,
  ...more,
});
const collected = (id: string, more: Partial<TwinCandidate> = {}): TwinCandidate =>
  direct(id, { connectionId: "a-collector", vendor: "collector", takesDecisions: false, ...more });
const shown = (rows: TwinCandidate[], verdict: ContentVerdict = "unknown") =>
  Object.fromEntries([...pairTwins(rows, () => verdict)].map(([id, pair]) => [id, `${pair.primaryId} by ${pair.by}`]));

describe("one order, two doors", () => {
  it("is shown as the order of the vendor that takes decisions, whichever came first", () => {
    expect(shown([direct("d"), collected("c")])).toEqual({ c: "d by ids" });
    expect(shown([collected("c"), direct("d")])).toEqual({ c: "d by ids" });
  });

  it("is never assumed of two orders of one account, of two sides, or of two numbers of one vendor", () => {
    expect(shown([direct("d"), direct("e")])).toEqual({});
    expect(shown([direct("d"), collected("c", { side: "clinic" })])).toEqual({});
    expect(shown([direct("d"), direct("e", { connectionId: "other account" })])).toEqual({});
    expect(shown([direct("d"), direct("e", { connectionId: "b", number: "d" })])).toEqual({ d: "e by ids" });
  });

  it("of a case that was ordered twice pairs the ones nearest in time and leaves the rest alone", () => {
    const rows = [
      direct("first", { receivedAt: at(0) }),
      direct("again", { receivedAt: at(100) }),
      collected("c1", { receivedAt: at(99) }),
      collected("c2", { receivedAt: at(2) }),
      collected("c3", { receivedAt: at(3) }),
    ];
    expect(shown(rows)).toEqual({ c1: "again by ids", c2: "first by ids" });
  });

  it("is recognised by the same scans where ids are silent, but not where they fit to more than one", () => {
    const d = direct("d", { keys: [] });
    const c = collected("c", { keys: ["another portal's own id"] });
    expect(shown([d, c], "same")).toEqual({ c: "d by content" });
    expect(shown([d, c], "different")).toEqual({});
    expect(shown([d, c, direct("e", { keys: [] })], "same")).toEqual({});
  });

  it("stays recognised by its scans while one of them is fetched again, but not by ids that are gone", () => {
    const d = direct("d", { keys: [] });
    const c = collected("c", { keys: [], twinOfId: "d", twinBy: "content" });
    expect(shown([d, c], "unknown")).toEqual({ c: "d by content" });
    expect(shown([d, { ...c, twinBy: "ids" }], "unknown")).toEqual({});
    expect(shown([d, c], "different")).toEqual({});
  });

  it("comes out the same in whatever order the rows are read, hides nothing twice and no row behind a hidden one", () => {
    const rows = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 0, max: 40 }).map(String),
        door: fc.constantFrom("a", "b", "c"),
        key: fc.constantFrom("k1", "k2", "k3"),
        hour: fc.integer({ min: 0, max: 30 }),
      }),
      { maxLength: 12, selector: (row) => row.id },
    );
    const toRow = ({ id, door, key, hour }: { id: string; door: string; key: string; hour: number }) =>
      direct(id, { connectionId: door, vendor: door, takesDecisions: door === "b", keys: [key], receivedAt: at(hour) });
    fc.assert(
      fc.property(rows, fc.integer(), (given, seed) => {
        const forward = shown(given.map(toRow));
        const turned = [...given].sort((a, b) => ((Number(a.id) * seed) % 7) - ((Number(b.id) * seed) % 7));
        expect(shown(turned.map(toRow))).toEqual(forward);
        for (const pair of Object.values(forward)) expect(forward[pair.split(" ")[0]!]).toBeUndefined();
      }),
    );
  });
});
