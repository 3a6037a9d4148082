"use client";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { GroupHeading } from "./group-heading.tsx";
import { type Grouping, groupKeyOf, groupOrders } from "./group-orders.ts";
import { useOpenOrder } from "./open-order.ts";
import { OrderCard } from "./order-card.tsx";
import type { OrderFilters } from "./order-filters.ts";
import { orderPath } from "./order-path.ts";

/** The inbox on a phone: cards, under the same headings as the rows. */
export function OrderCards(props: {
  orders: OrderView[];
  filters: OrderFilters;
  grouping: Grouping;
  counts: ReadonlyMap<string | null, number>;
}) {
  const { grouping } = props;
  const openOrder = useOpenOrder();
  return groupOrders(props.orders, grouping).map((line) =>
    "order" in line ? (
      <OrderCard
        key={line.order.id}
        order={line.order}
        href={orderPath(line.order.id, props.filters)}
        onOpen={openOrder}
      />
    ) : (
      <h2 key={`heading ${line.first.id}`} className="sticky top-0 border-b bg-sunken px-4 py-2 text-sm">
        <GroupHeading
          by={grouping}
          first={line.first}
          count={grouping === "none" ? undefined : props.counts.get(groupKeyOf(line.first, grouping))}
        />
      </h2>
    ),
  );
}
