import { beforeAll, describe, expect, it } from "vitest";
import { tokensForQuery, tokensOf, wordsOf } from "./search-tokens.ts";

const LAB = "0193a000-0000-7000-8000-000000000001";
const OTHER_LAB = "0193a000-0000-7000-8000-000000000002";

beforeAll(() => {
  process.env.SEALING_KEYS = `test:${Buffer.alloc(32, 7).toString("base64")}`;
});

/** True when the search finds an order with these texts. */
function finds(query: string, ...texts: string[]): boolean {
  const stored = new Set(tokensOf(LAB, texts));
  const asked = tokensForQuery(LAB, query);
  return asked.length > 0 && asked.every((token) => stored.has(token));
}

describe("search over sealed names", () => {
  it("finds a name by any of its words, by their beginnings, in any order and case", () => {
    expect(finds("jeon", "Seolah Jeon's Case")).toBe(true);
    expect(finds("SEO je", "Seolah Jeon's Case")).toBe(true);
    expect(finds("s", "Seolah Jeon's Case")).toBe(true);
    expect(finds("eolah", "Seolah Jeon's Case")).toBe(false);
    expect(finds("seolah kim", "Seolah Jeon's Case")).toBe(false);
  });

  it("finds an order by its number and its clinic, over several texts", () => {
    expect(finds("10293 dental", "1029384", "Praxis Dental Mitte")).toBe(true);
  });

  it("does not care about accents and special letters", () => {
    expect(wordsOf("Müller-Søndergård")).toEqual(["muller", "sondergard"]);
    expect(finds("muller", "MÜLLER")).toBe(true);
    expect(finds("Strauß", "STRAUSS")).toBe(true);
    expect(finds("전설", "전설아")).toBe(true);
    expect(finds("łukasz", "Lukasz")).toBe(true);
  });

  it("finds very long words by their first letters and asks nothing for a query without letters", () => {
    expect(finds("x".repeat(60), "x".repeat(50))).toBe(true);
    expect(tokensForQuery(LAB, " -/()! ")).toEqual([]);
  });

  it("gives every organisation tokens of its own, in the range of a signed bigint", () => {
    const here = tokensOf(LAB, ["Jeon"]);
    expect(here).toHaveLength(4);
    expect(tokensOf(OTHER_LAB, ["Jeon"]).some((token) => here.includes(token))).toBe(false);
    for (const token of here) expect(BigInt.asIntN(64, token)).toBe(token);
  });

  it("is capped for a case with thousands of words, the first texts first", () => {
    const many = Array.from({ length: 3000 }, (_, i) => `w${i}`).join(" ");
    const stored = tokensOf(LAB, ["Jeon", many]);
    expect(stored).toHaveLength(400);
    expect(stored).toEqual(expect.arrayContaining(tokensForQuery(LAB, "jeon")));
  });
});
