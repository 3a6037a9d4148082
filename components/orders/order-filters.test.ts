import { describe, expect, it } from "vitest";
import { countFilters, readFilters, toggleSort, writeFilters } from "./order-filters.ts";

const read = (query: string) => readFilters(new URLSearchParams(query));

describe("the inbox's address", () => {
  it("comes back as it was read, in a fixed order", () => {
    const query = "q=meier&status=pending%2Caccepted&vendor=meditlink&dueBefore=2026-12-01&sort=dueOn";
    expect(writeFilters(read(query)).toString()).toBe(query);
    expect(
      writeFilters(
        read("vendor=meditlink&status=pending&status=accepted&q=meier&sort=dueOn&dueBefore=2026-12-01"),
      ).toString(),
    ).toBe(query);
  });

  it("is empty for the inbox as it opens", () => {
    expect(writeFilters(read("")).toString()).toBe("");
    expect(writeFilters(read("sort=-receivedAt&q=%20")).toString()).toBe("");
  });

  it("leaves out what it does not understand", () => {
    expect(writeFilters(read("status=lost,pending&sort=price&dueBefore=tomorrow&page=7")).toString()).toBe(
      "status=pending",
    );
  });

  it("counts what narrows the list", () => {
    expect(countFilters(read(""))).toBe(0);
    expect(countFilters(read("sort=dueOn"))).toBe(0);
    expect(countFilters(read("q=x&status=pending&dueAfter=2026-01-01&dueBefore=2026-02-01"))).toBe(3);
  });
});

describe("a column's header", () => {
  it("sorts dates of arrival newest first, due dates soonest first, and turns round when pressed again", () => {
    expect(toggleSort("dueOn", "receivedAt")).toBe("-receivedAt");
    expect(toggleSort("-receivedAt", "receivedAt")).toBe("receivedAt");
    expect(toggleSort("-receivedAt", "dueOn")).toBe("dueOn");
    expect(toggleSort("dueOn", "dueOn")).toBe("-dueOn");
  });
});
