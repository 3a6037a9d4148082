import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openDental } from "#lib/vendors/open-dental/connector.ts";

// Beside ../readme.test.ts, which reads the READMEs of registered vendors, until the connections page offers a form for keys.
test("the README has one row per operation and no empty cell", () => {
  const readme = readFileSync(new URL("./README.md", import.meta.url), "utf8");
  const rows = readme
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| |"))
    .map((line) => line.slice(1, -1).split(" | "));
  for (const { section, name } of openDental.endpoints)
    expect(rows.filter(([first, , third]) => first?.trim() === section && third?.includes(`\`${name}\``))).toHaveLength(
      1,
    );
  expect(rows.filter((cells) => cells.some((cell) => cell.trim() === ""))).toEqual([]);
});
