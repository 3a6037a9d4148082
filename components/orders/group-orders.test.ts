import { expect, test } from "vitest";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { groupingAt, groupOrders } from "./group-orders.ts";

const order = (id: string, dueOn: string | null) => ({ id, dueOn, clinic: null }) as OrderView;
const told = (orders: OrderView[], by: "none" | "due" | "clinic") =>
  groupOrders(orders, by).map((line) => ("order" in line ? `${line.order.id}@${line.place}` : line.heading));

test("each day has one heading before its orders, and those without a day theirs", () => {
  const orders = [order("a", "2026-03-10"), order("b", "2026-03-10"), order("c", "2026-03-11"), order("d", null)];
  expect(told(orders, "due")).toEqual(["2026-03-10", "a@0", "b@1", "2026-03-11", "c@2", null, "d@3"]);
  expect(told(orders, "clinic")).toEqual([null, "a@0", "b@1", "c@2", "d@3"]);
  expect(told(orders, "none")).toEqual(["a@0", "b@1", "c@2", "d@3"]);
});

test("an empty list has no heading", () => {
  expect(groupOrders([], "due")).toEqual([]);
});

test("a clinic, whose orders are all its own, is not shown them by clinic", () => {
  expect(groupingAt("clinic", "clinic")).toBe("none");
  expect(groupingAt("clinic", "due")).toBe("due");
  expect(groupingAt("lab", "clinic")).toBe("clinic");
});
