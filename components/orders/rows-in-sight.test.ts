import { expect, test } from "vitest";
import { endsOf, rowsInSight, scrollToSee } from "./rows-in-sight.ts";

const ends = endsOf([36, ...Array.from({ length: 99 }, () => 40)]); // a heading, then rows

test("only the lines between two places are drawn, and the rest keeps its height", () => {
  expect(rowsInSight(ends, 0, 100)).toEqual({ first: 0, end: 3, before: 0, after: 97 * 40 });
  expect(rowsInSight(ends, 436, 515)).toEqual({ first: 11, end: 13, before: 436, after: 87 * 40 });
  const { first, end, before, after } = rowsInSight(ends, 1_000, 1_900);
  expect(before + after + (end - first) * 40).toBe(ends.at(-1));
});

test("before the start, behind the end and in an empty list nothing is missing", () => {
  expect(rowsInSight(ends, -500, 10)).toMatchObject({ first: 0, end: 1 });
  expect(rowsInSight(ends, 3_900, 90_000)).toMatchObject({ end: 100, after: 0 });
  expect(rowsInSight([], 0, 900)).toEqual({ first: 0, end: 0, before: 0, after: 0 });
});

test("the list moves just so far that a line is seen whole, and not at all for one that is", () => {
  expect(scrollToSee(ends, 0, 400, 300, 36)).toBe(0);
  expect(scrollToSee(ends, 5, 400, 300, 36)).toBe(196);
  expect(scrollToSee(ends, 12, 400, 300, 36)).toBe(400);
  expect(scrollToSee(ends, 30, 400, 300, 36)).toBe(36 + 36 + 30 * 40 - 300);
});
