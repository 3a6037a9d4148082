import { expect, test } from "vitest";
import { conversionPriority } from "./conversion-priority.ts";

const NOW = new Date("2026-03-02T09:00:00Z");
const due = (day: string) => new Date(`${day}T00:00:00Z`);

test("a scan that somebody looks at goes first, then pending orders by their due date, then all others", () => {
  const cases = [
    { name: "accepted", order: { status: "accepted", dueOn: due("2026-03-02") }, wanted: false },
    { name: "pending without a date", order: { status: "pending", dueOn: null }, wanted: false },
    { name: "pending, in a week", order: { status: "pending", dueOn: due("2026-03-09") }, wanted: false },
    { name: "looked at", order: { status: "accepted", dueOn: null }, wanted: true },
    { name: "pending, tomorrow", order: { status: "pending", dueOn: due("2026-03-03") }, wanted: false },
  ];
  const inTurn = cases.toSorted(
    (a, b) => conversionPriority(a.order, a.wanted, NOW) - conversionPriority(b.order, b.wanted, NOW),
  );
  expect(inTurn.map(({ name }) => name)).toEqual([
    "looked at",
    "pending, tomorrow",
    "pending, in a week",
    "pending without a date",
    "accepted",
  ]);
});
