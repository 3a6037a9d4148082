import { describe, expect, it } from "vitest";
import type { Restoration } from "#lib/orders/order-schema.ts";
import { toothOf } from "#lib/teeth/tooth.ts";
import { restorationKind } from "./restoration-kind.ts";
import { summariseRestorations } from "./summarise-restorations.ts";

function restoration(fdi: number | null, type: string, more: Partial<Restoration> = {}): Restoration {
  return {
    tooth: fdi === null ? null : toothOf(fdi),
    toothText: null,
    jaw: null,
    dieNumber: null,
    type,
    typeCode: type.toUpperCase(),
    method: null,
    methodCode: null,
    material: "Zirconia",
    materialCode: "ZIRCONIA",
    shade: "A2",
    ...more,
  };
}

describe("an order's restorations in one line", () => {
  it("are a bridge where a pontic stands between neighbours", () => {
    const summary = summariseRestorations([
      restoration(47, "Crown"),
      restoration(46, "Pontic"),
      restoration(45, "Crown"),
    ]);
    expect(summary.bridges).toEqual([[45, 46, 47]]);
    expect(summary.items).toEqual([]);
    expect(summary.materials).toEqual(["Zirconia"]);
  });

  it("are no bridge for neighbouring single crowns, nor for a pontic alone", () => {
    const summary = summariseRestorations([
      restoration(11, "Crown"),
      restoration(21, "Crown"),
      restoration(36, "Pontic"),
    ]);
    expect(summary.bridges).toEqual([]);
    expect(summary.items).toEqual([
      { type: "Crown", count: 2, teeth: [11, 21], jaws: [] },
      { type: "Pontic", count: 1, teeth: [36], jaws: [] },
    ]);
  });

  it("follow the vendor's own spans, across the midline as well", () => {
    const crowns = [12, 11, 21, 22].map((fdi) => restoration(fdi, "Crown"));
    expect(summariseRestorations(crowns, [[22, 21, 11, 12]]).bridges).toEqual([[12, 11, 21, 22]]);
  });

  it("keep what stands at no tooth, with its jaw", () => {
    const summary = summariseRestorations([restoration(null, "Full denture", { jaw: "upper", shade: null })]);
    expect(summary.items).toEqual([{ type: "Full denture", count: 1, teeth: [], jaws: ["upper"] }]);
    expect(summary.shades).toEqual([]);
  });

  it("count what stands at a number that is no tooth", () => {
    expect(summariseRestorations([restoration(99, "Crown")]).items).toEqual([
      { type: "Crown", count: 1, teeth: [], jaws: [] },
    ]);
  });
});

describe("the kind of a restoration", () => {
  it.each([
    ["Crown", "crown"],
    ["Implant Crown", "implant"],
    ["Pontic", "pontic"],
    ["Denture Coping", "denture"],
    ["Laminate Veneer", "veneer"],
    ["Onlay", "inlay"],
    ["Night guard", "other"],
  ])("of a %s is %s", (type, kind) => {
    expect(restorationKind({ type, typeCode: null })).toBe(kind);
  });
});
