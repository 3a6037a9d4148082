import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { AUDIT_SUBJECTS } from "./audit-subjects.ts";

it("has a word for everything that is written into the trail", () => {
  const sources = globSync("lib/**/*.ts", { exclude: (name) => name.endsWith(".test.ts") });
  const written = sources.flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/subjectType: "(\w+)"/g)].map(([, subject]) => subject!),
  );
  expect([...new Set(written)].sort()).toEqual([...AUDIT_SUBJECTS]);
});
