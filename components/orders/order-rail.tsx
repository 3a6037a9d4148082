"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { memo, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { fetchMore } from "#components/api/fetch-more.ts";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { DueDate } from "./due-date.tsx";
import { CaseName, OtherSide, Restorations } from "./order-columns.tsx";
import type { OrderFilters } from "./order-filters.ts";
import { orderPath } from "./order-path.ts";
import { StatusBadge, shownStatus } from "./order-status-badge.tsx";
import { orderListQuery } from "./orders-queries.ts";
import { showOrder } from "./shown-order.ts";

/** The list the order was opened from, beside it. */
export function OrderRail({ filters, openId }: { filters: OrderFilters; openId: string }) {
  const t = useTranslations();
  const list = useInfiniteQuery(orderListQuery(filters));
  const orders = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <nav
      aria-label={t("orders.listName")}
      className="relative h-full w-72 shrink-0 overflow-y-auto border-r bg-surface print:hidden"
    >
      <ul>
        {orders.map((order) => (
          <RailEntry key={order.id} order={order} filters={filters} open={order.id === openId} />
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="flex justify-center p-2">
          <Button size="small" busy={list.isFetchingNextPage} onClick={() => void fetchMore(list)}>
            {t("ui.loadMore")}
          </Button>
        </div>
      )}
    </nav>
  );
}

type EntryProps = { order: OrderView; filters: OrderFilters; open: boolean };

/** Drawn again only when it changes: stepping draws two of them. */
const RailEntry = memo(function RailEntry({ order, filters, open }: EntryProps) {
  const path = orderPath(order.id, filters);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (open) link.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return (
    <li>
      <Link
        ref={link}
        href={path}
        prefetch={false}
        onNavigate={(event) => {
          event.preventDefault();
          showOrder(path);
        }}
        aria-current={open ? "page" : undefined}
        className={classNames("block border-b px-3 py-2 -outline-offset-2", open ? "bg-selected" : "hover:bg-hover")}
      >
        <span className="flex items-center justify-between gap-2">
          <CaseName order={order} />
          <DueDate order={order} className="shrink-0 text-xs" />
        </span>
        <span className="block truncate text-muted text-xs">
          <OtherSide order={order} />
        </span>
        <span className="mt-1.5 flex items-center gap-2 text-xs">
          <StatusBadge status={shownStatus(order)} vendorStatus={order.vendorStatus} />
          <span className="truncate text-muted">
            <Restorations order={order} />
          </span>
        </span>
      </Link>
    </li>
  );
});
