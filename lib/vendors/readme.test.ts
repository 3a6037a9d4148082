import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { listVendors } from "#lib/vendors/registry.ts";

describe.each(listVendors().map((vendor) => [vendor.id, vendor] as const))("the README of %s", (id, vendor) => {
  const readme = readFileSync(new URL(`./${id}/README.md`, import.meta.url), "utf8");
  const rows = readme
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| |"))
    .map((line) => line.slice(1, -1).split(" | "));

  test("has a row for each operation, by section and function", () => {
    for (const { section, name } of vendor.endpoints)
      expect(
        rows.filter(([first, , third]) => first?.trim() === section && third?.includes(`\`${name}\``)),
      ).toHaveLength(1);
  });

  test("has no empty cell in its tables", () => {
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.filter((cells) => cells.some((cell) => cell.trim() === ""))).toEqual([]);
  });

  test("names only tests that are there", () => {
    const named = rows.flatMap((cells) =>
      [...cells.join(" ").matchAll(/`([\w./-]+\.test\.ts)`/g)].map(([, path]) => path!),
    );
    expect(named.length).toBeGreaterThan(3);
    const missing = named.filter((path) => !existsSync(new URL(path, new URL(`./${id}/`, import.meta.url))));
    expect(missing).toEqual([]);
  });

  test("says what is assumed", () => {
    expect(readme).toMatch(/## Assumed, because the document leaves it open\n\n1\. /);
  });
});
