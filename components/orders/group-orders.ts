import type { OrderView } from "#lib/orders/order-schema.ts";

export type Grouping = "none" | "due" | "clinic";

/** What a list is grouped by: by clinic only where orders come from many, not at the clinic itself. */
export function groupingAt(kind: "lab" | "clinic", wished: Grouping): Grouping {
  return kind === "clinic" && wished === "clinic" ? "none" : wished;
}

/** A line of the list: a group's heading, or an order with its place among the orders. */
export type ListLine = { heading: string | null; first: OrderView } | { order: OrderView; place: number };

/** What an order stands under: a day or a clinic's id; null without one. */
export function groupKeyOf(order: OrderView, by: Exclude<Grouping, "none">): string | null {
  return by === "due" ? order.dueOn : (order.clinic?.id ?? null);
}

/** Orders, which are sorted by what they are grouped by, with a heading before each group. */
export function groupOrders(orders: readonly OrderView[], by: Grouping): ListLine[] {
  if (by === "none") return orders.map((order, place) => ({ order, place }));
  return orders.flatMap((order, place) => {
    const heading = groupKeyOf(order, by);
    const before = orders[place - 1];
    const isSame = before && groupKeyOf(before, by) === heading;
    return isSame
      ? [{ order, place }]
      : [
          { heading, first: order },
          { order, place },
        ];
  });
}
