"use client";
import { usePathname } from "next/navigation";
import { orderPath } from "./order-path.ts";
import { useOrderFilters } from "./use-order-filters.ts";

const ORDER_PATH = /^\/orders\/([^/]+)$/;

/**
 * The order that the address names. Stepping from order to order changes only the address, so that the server is not asked for
 * a page whose content is here already.
 * @param rendered the order the server rendered this page for; null: a list
 */
export function useShownOrder<T extends string | null>(rendered: T): string | T {
  return ORDER_PATH.exec(usePathname())?.[1] ?? rendered;
}

/** Shows another order on the page of an order. */
export function useGoToOrder(): (id: string) => void {
  const [filters] = useOrderFilters();
  return (id) => window.history.pushState(null, "", orderPath(id, filters));
}
