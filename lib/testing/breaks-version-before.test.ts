import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { breaksVersionBefore } from "#lib/testing/breaks-version-before.ts";

const MIGRATIONS = join(import.meta.dirname, "../../prisma/migrations");

describe("F52: two versions side by side", () => {
  it("no migration takes away what the version before reads, or refuses what it writes", () => {
    let before = "";
    const breaking: string[] = [];
    for (const entry of readdirSync(MIGRATIONS).sort()) {
      if (!/^\d/.test(entry)) continue;
      const sql = readFileSync(join(MIGRATIONS, entry, "migration.sql"), "utf8");
      breaking.push(...breaksVersionBefore(sql, before).map((clause) => `${entry}: ${clause}`));
      before += sql;
    }
    expect(breaking).toEqual([]);
  });
});

const STATE = `ALTER TABLE "t" ADD CONSTRAINT "t_state" CHECK ("state" IN ('a', 'b'));`;

test.each([
  ['DROP TABLE "t"'],
  ['ALTER TABLE "t" DROP COLUMN "c"'],
  ['ALTER TABLE "t" ADD COLUMN "d" TEXT, DROP COLUMN "c"'],
  ['ALTER TABLE "t" RENAME COLUMN "c" TO "d"'],
  ['ALTER TABLE "t" RENAME TO "u"'],
  ['ALTER TABLE "t" ALTER COLUMN "c" SET DATA TYPE BIGINT'],
  ['ALTER TABLE "t" ALTER COLUMN "c" SET NOT NULL'],
  ['ALTER TABLE "t" ADD COLUMN "d" TEXT NOT NULL'],
  ['ALTER TABLE "t" ADD CONSTRAINT "short" CHECK (length("c") < 9)'],
  [`ALTER TABLE "t" ADD CONSTRAINT "t_state" CHECK ("state" IN ('a', 'c'))`],
  ['CREATE UNIQUE INDEX "i" ON "t" ("c")'],
])("%s breaks the version before", (sql) => {
  expect(breaksVersionBefore(`${sql};`, STATE)).toHaveLength(1);
});

test.each([
  [
    'CREATE TABLE "u" ("id" UUID NOT NULL); CREATE UNIQUE INDEX "i" ON "u" ("id"); ALTER TABLE "u" ADD COLUMN "d" TEXT NOT NULL',
  ],
  ['ALTER TABLE "t" ADD COLUMN "d" TEXT NOT NULL DEFAULT 0, ADD COLUMN "e" TEXT'],
  ['ALTER TABLE "t" ADD COLUMN "d" UUID; ALTER TABLE "t" ADD CONSTRAINT "f" FOREIGN KEY ("d") REFERENCES "u"("id")'],
  [`ALTER TABLE "t" ADD CONSTRAINT "t_state" CHECK ("state" IN ('a', 'b', 'c'))`],
  ['DROP INDEX "i"; CREATE INDEX "j" ON "t" ("c")'],
])("%s does not", (sql) => {
  expect(breaksVersionBefore(`${sql};`, STATE)).toEqual([]);
});
